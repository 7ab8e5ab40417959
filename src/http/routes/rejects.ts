import { pageOf } from '../../api/common.ts';
import { reject, rejectSum, rejectSumQuery, rejectsQuery, replayRequest } from '../../api/data.ts';
import { job } from '../../api/jobs.ts';
import { askReplay } from '../../app/jobs/requests.ts';
import { summariseRejects } from '../../app/rejectSummary.ts';
import { askingOf, note, requireDisk } from '../dataCall.ts';
import { type Route, route } from '../route.ts';

/** Rows that could not be taken: they hold raw text, so whoever may not see single consumers sees their counts only. */
export const rejectRoutes: readonly Route[] = [
  route({
    id: 'rejects.list',
    method: 'get',
    path: '/api/rejects',
    permission: 'people',
    summary: { zh: '未能导入的行', en: 'Rows that could not be taken' },
    query: rejectsQuery,
    answer: pageOf(reject),
    handle: async ({ services, query }) => {
      const { import: of, file, limit } = query;
      const filter = { ...(of === undefined ? {} : { import: of }), ...(file === undefined ? {} : { file }), limit };
      return { items: await services.product.rejects(filter) };
    },
  }),
  route({
    id: 'rejects.summary',
    method: 'get',
    path: '/api/rejects/summary',
    permission: 'ask',
    summary: { zh: '拒收行数：按导入、文件、列、原因', en: 'Rejects counted by import, file, column and reason' },
    query: rejectSumQuery,
    answer: pageOf(rejectSum),
    handle: async ({ services, query }) => ({
      items: await summariseRejects(services.product.installation.context, query),
    }),
  }),
  route({
    id: 'rejects.replay',
    method: 'post',
    path: '/api/rejects/replay',
    permission: 'operate',
    summary: { zh: '重新导入拒收的行（原样或修正后）', en: 'Try rejects again, as they came or mended' },
    body: replayRequest,
    answer: job,
    status: 202,
    handle: async (call) => {
      requireDisk(call, call.body.mapping_file, call.body.mended_file);
      const started = await askReplay(askingOf(call), call.body);
      await note(call, 'rejects.replay', { job: started.id, mended: call.body.mended?.length ?? 0 });
      return started;
    },
  }),
];
