import { pageOf } from '../../api/common.ts';
import { reject, rejectSum, rejectSumQuery, rejectsQuery, replayRequest } from '../../api/data.ts';
import { job } from '../../api/jobs.ts';
import { askReplay } from '../../app/jobs/requests.ts';
import { summariseRejects } from '../../app/rejectSummary.ts';
import { type MendedRow, MOST_MENDED, readMended } from '../../app/replay.ts';
import type { Uploads } from '../../app/uploads.ts';
import { InputError } from '../../base/errors.ts';
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
      const { mended_upload: upload, ...asked } = call.body;
      if ([asked.mended, asked.mended_file, upload].filter((each) => each !== undefined).length > 1) throw givenTwice();
      const mended = upload === undefined ? asked.mended : await mendedIn(call.services.uploads, upload);
      const started = await askReplay(askingOf(call), { ...asked, mended });
      await note(call, 'rejects.replay', { job: started.id, mended: mended?.length ?? 0 });
      return started;
    },
  }),
];

const givenTwice = () =>
  new InputError('mended_twice', {
    zh: '改好的行只能给一次：mended、mended_file、mended_upload 三者取一。',
    en: 'Mended rows are given once: as `mended`, `mended_file` or `mended_upload`.',
  });

/** Mended rows of an upload, which holds what people typed: it is forgotten whether it can be read or not. */
async function mendedIn(uploads: Uploads, id: string): Promise<MendedRow[]> {
  const [file] = await uploads.files([id]);
  try {
    return file ? await readMended(file.path, { name: file.name, most: MOST_MENDED }) : [];
  } finally {
    await uploads.remove(id);
  }
}
