import { z } from 'zod';
import { done, numbered } from '../../api/common.ts';
import { job } from '../../api/jobs.ts';
import { idList, uploadedIdList } from '../../api/lists.ts';
import { lookalike, newLookalike } from '../../api/lookalikes.ts';
import { askLookalike } from '../../app/jobs/requests.ts';
import { askingOf, requireDisk } from '../dataCall.ts';
import { HttpError } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';
import { callerOf } from './session.ts';

/** Lookalikes of a seed audience, and uploaded lists of identifiers. */
export const lookalikeRoutes: readonly Route[] = [
  route({
    id: 'lookalikes.list',
    method: 'get',
    path: '/api/lookalikes',
    permission: 'ask',
    summary: { zh: '全部相似模型，最新在前', en: 'Every lookalike model, newest first' },
    answer: z.array(lookalike),
    handle: ({ services }) => services.product.lookalikes(),
  }),
  route({
    id: 'lookalikes.get',
    method: 'get',
    path: '/api/lookalikes/{id}',
    permission: 'ask',
    summary: { zh: '一个相似模型及其质量', en: 'One lookalike model and what it is worth' },
    params: numbered,
    answer: lookalike,
    handle: ({ services, params: { id } }) => services.product.lookalike(id),
  }),
  route({
    id: 'lookalikes.train',
    method: 'post',
    path: '/api/lookalikes',
    permission: 'people',
    summary: { zh: '由种子人群训练相似模型', en: 'Learn what the members of an audience have in common' },
    body: newLookalike,
    answer: job,
    status: 202,
    handle: (call) => askLookalike(askingOf(call), call.body),
  }),
  route({
    id: 'lookalikes.remove',
    method: 'delete',
    path: '/api/lookalikes/{id}',
    permission: 'people',
    summary: { zh: '删除相似模型', en: 'Remove a lookalike model' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.removeLookalike(call.params.id, callerOf(call).name)),
  }),
  route({
    id: 'lists.list',
    method: 'get',
    path: '/api/lists',
    permission: 'ask',
    summary: { zh: '已上传的名单及匹配情况', en: 'Uploaded lists, and how much of each is known' },
    answer: z.array(idList),
    handle: ({ services }) => services.product.idLists(),
  }),
  route({
    id: 'lists.create',
    method: 'post',
    path: '/api/lists',
    permission: 'operate',
    summary: { zh: '把上传的文件存为标识名单', en: 'Keep an uploaded file as a list of identifiers' },
    body: uploadedIdList,
    answer: idList,
    status: 201,
    handle: async (call) => {
      const { upload, path, ...given } = call.body;
      requireDisk(call, path);
      const made = await call.services.product.uploadList(
        path ?? (await fileOf(call, upload)),
        given,
        callerOf(call).name,
      );
      if (upload !== undefined) await call.services.uploads.release([upload]);
      return made;
    },
  }),
  route({
    id: 'lists.remove',
    method: 'delete',
    path: '/api/lists/{id}',
    permission: 'operate',
    summary: { zh: '删除名单', en: 'Remove a list' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.removeList(call.params.id, callerOf(call).name)),
  }),
];

async function fileOf({ services }: Call, upload: string | undefined): Promise<string> {
  const [file] = upload === undefined ? [] : await services.uploads.files([upload]);
  if (!file) throw new HttpError(422, 'list_file', 'Name the upload that brought the file.');
  return file.path;
}
