import { z } from 'zod';
import {
  audience,
  audienceCount,
  audienceCountQuestion,
  audienceExport,
  audienceShown,
  memberPage,
  newAudience,
} from '../../api/audiences.ts';
import { done, numbered } from '../../api/common.ts';
import { countAudience } from '../../app/audiences/audiences.ts';
import { type Route, route } from '../route.ts';
import { askerOf } from './questions.ts';
import { callerOf } from './session.ts';

/** Audiences: rules saved under a name, and the consumers they take. */
export const audienceRoutes: readonly Route[] = [
  route({
    id: 'audiences.list',
    method: 'get',
    path: '/api/audiences',
    permission: 'ask',
    summary: { zh: '全部人群', en: 'Every audience' },
    answer: z.array(audience),
    handle: ({ services }) => services.product.audiences(),
  }),
  route({
    id: 'audiences.get',
    method: 'get',
    path: '/api/audiences/{id}',
    permission: 'ask',
    summary: { zh: '一个人群及其规则', en: 'One audience and its rule' },
    params: numbered,
    answer: audienceShown,
    handle: ({ services, params: { id } }) => services.product.audience(id),
  }),
  route({
    id: 'audiences.count',
    method: 'post',
    path: '/api/audiences/count',
    permission: 'ask',
    summary: { zh: '规则或人群有多少消费者', en: 'How many consumers a rule or an audience takes' },
    body: audienceCountQuestion,
    answer: audienceCount,
    handle: (call) =>
      call.services.answers.audiences(
        'count',
        call.body,
        (context) => countAudience(context, call.body),
        askerOf(call),
      ),
  }),
  route({
    id: 'audiences.create',
    method: 'post',
    path: '/api/audiences',
    permission: 'people',
    summary: { zh: '保存人群', en: 'Save an audience' },
    body: newAudience,
    answer: audienceShown,
    status: 201,
    handle: (call) => call.services.product.createAudience(call.body, callerOf(call).name),
  }),
  route({
    id: 'audiences.export',
    method: 'post',
    path: '/api/audiences/{id}/export',
    permission: 'people',
    summary: { zh: '导出人群成员的标识', en: 'The identifiers of the members of an audience' },
    params: numbered,
    body: audienceExport,
    answer: memberPage,
    handle: (call) => call.services.product.exportAudience(call.params.id, call.body, callerOf(call).name),
  }),
  route({
    id: 'audiences.remove',
    method: 'delete',
    path: '/api/audiences/{id}',
    permission: 'people',
    summary: { zh: '删除人群', en: 'Remove an audience' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.removeAudience(call.params.id, callerOf(call).name)),
  }),
];
