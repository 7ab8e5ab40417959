import { z } from 'zod';
import { numbered } from '../../api/common.ts';
import { cut, cutPreview, cutPreviewRequest, linkQuestion, linkReport, newCut } from '../../api/links.ts';
import { note } from '../dataCall.ts';
import { type Route, route } from '../route.ts';

/** Why identifiers are one consumer, and the cuts that keep some from linking. */
export const linkRoutes: readonly Route[] = [
  route({
    id: 'links.why',
    method: 'post',
    path: '/api/links/why',
    permission: 'people',
    summary: { zh: '为什么是同一个人', en: 'Why identifiers are one consumer' },
    body: linkQuestion,
    answer: linkReport,
    handle: async (call) => {
      const { identifier, to } = call.body;
      const report = await call.services.product.explainLink(identifier, to);
      await note(call, 'consumer.view', { consumer: report.consumer });
      return report;
    },
  }),
  route({
    id: 'links.cuts',
    method: 'get',
    path: '/api/links/cuts',
    permission: 'people',
    summary: { zh: '已断开的关联', en: 'Links that were cut' },
    answer: z.array(cut),
    handle: ({ services }) => services.product.cuts(),
  }),
  route({
    id: 'links.preview',
    method: 'post',
    path: '/api/links/cuts/preview',
    permission: 'operate',
    summary: { zh: '断开或解除之前看会改变多少', en: 'What a cut, or its lifting, would change' },
    body: cutPreviewRequest,
    answer: cutPreview,
    handle: ({ services, body }) => services.product.previewCut(body),
  }),
  route({
    id: 'links.cut',
    method: 'post',
    path: '/api/links/cuts',
    permission: 'operate',
    summary: { zh: '断开关联', en: 'Cut links' },
    body: newCut,
    answer: cut,
    status: 201,
    handle: ({ services, actor, body }) => services.product.cutLink(body, actor?.name ?? ''),
  }),
  route({
    id: 'links.restore',
    method: 'delete',
    path: '/api/links/cuts/{id}',
    permission: 'operate',
    summary: { zh: '解除断开', en: 'Lift a cut' },
    params: numbered,
    answer: cut,
    handle: ({ services, actor, params: { id } }) => services.product.liftCut(id, actor?.name ?? ''),
  }),
];
