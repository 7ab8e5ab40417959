import { numbered, pageOf, pageQuery } from '../../api/common.ts';
import { demoRequest, type ImportEntry, importEntry, importPage, newImport } from '../../api/data.ts';
import { job } from '../../api/jobs.ts';
import { requireFresh } from '../../app/demo.ts';
import { importPageOf, showImport } from '../../app/imports.ts';
import { askDemo, askImport, askUndo } from '../../app/jobs/requests.ts';
import { askingOf, note, requireDisk, seesDisk } from '../dataCall.ts';
import { type Call, type Route, route } from '../route.ts';

/** Imports: started, listed, taken back; and the demo brand. */
export const importRoutes: readonly Route[] = [
  route({
    id: 'imports.start',
    method: 'post',
    path: '/api/imports',
    permission: 'operate',
    summary: { zh: '导入已上传的文件', en: 'Import uploaded files' },
    body: newImport,
    answer: job,
    status: 202,
    handle: async (call) => {
      requireDisk(call, call.body.path, call.body.mapping_file);
      const started = await askImport(askingOf(call), call.body);
      await note(call, 'import.start', { job: started.id, files: call.body.uploads?.length ?? 'path' });
      return started;
    },
  }),
  route({
    id: 'imports.list',
    method: 'get',
    path: '/api/imports',
    permission: 'ask',
    summary: { zh: '导入记录，最新在前', en: 'Imports, newest first' },
    query: pageQuery,
    answer: pageOf(importEntry),
    handle: async (call) => {
      const page = await importPageOf(call.services.product.installation.context, call.query);
      return { ...page, items: page.items.map((each) => discreet(call, each)) };
    },
  }),
  route({
    id: 'imports.show',
    method: 'get',
    path: '/api/imports/{id}',
    permission: 'ask',
    summary: { zh: '一次导入及其各文件', en: 'One import with its files' },
    params: numbered,
    answer: importPage,
    handle: async (call) =>
      discreet(call, await showImport(call.services.product.installation.context, call.params.id)),
  }),
  route({
    id: 'imports.undo',
    method: 'delete',
    path: '/api/imports/{id}',
    permission: 'operate',
    summary: { zh: '撤销一次导入', en: 'Take an import back' },
    params: numbered,
    answer: job,
    status: 202,
    handle: async (call) => {
      const started = await askUndo(askingOf(call), call.params.id);
      await note(call, 'import.undo', { job: started.id, import: call.params.id });
      return started;
    },
  }),
  route({
    id: 'demo.load',
    method: 'post',
    path: '/api/demo',
    permission: 'operate',
    summary: { zh: '向空库载入演示品牌', en: 'Load the demo brand into a home without data' },
    body: demoRequest,
    answer: job,
    status: 202,
    handle: async (call) => {
      await requireFresh(call.services.product.installation.context);
      const started = await askDemo(askingOf(call), call.body);
      await note(call, 'demo.load', { job: started.id });
      return started;
    },
  }),
];

/** An import as most may see it: its name, not the folder of the server it lay in. */
function discreet<E extends Pick<ImportEntry, 'path'>>(call: Call, entry: E): E {
  return seesDisk(call) ? entry : { ...entry, path: entry.path.split('/').at(-1) ?? '' };
}
