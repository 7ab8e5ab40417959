import { done } from '../../api/common.ts';
import { newUpload, pieceQuery, recognised, recogniseRequest, upload, uploadId } from '../../api/data.ts';
import { previewFile } from '../../app/preview.ts';
import { UploadOffsetError } from '../../app/uploads.ts';
import { note } from '../dataCall.ts';
import { problemOf } from '../problem.ts';
import { type Route, route } from '../route.ts';

/** Files on their way in, piece by piece, and what they would become. */
export const uploadRoutes: readonly Route[] = [
  route({
    id: 'uploads.create',
    method: 'post',
    path: '/api/uploads',
    permission: 'operate',
    summary: { zh: '登记要上传的文件', en: 'Announce a file' },
    body: newUpload,
    answer: upload,
    status: 201,
    handle: async (call) => {
      const made = await call.services.uploads.create(call.body, call.actor?.name ?? '');
      await note(call, 'upload.create', { upload: made.id, size: made.size });
      return made;
    },
  }),
  route({
    id: 'uploads.show',
    method: 'get',
    path: '/api/uploads/{id}',
    permission: 'operate',
    summary: { zh: '上传到了哪里', en: 'How far an upload has come' },
    params: uploadId,
    answer: upload,
    handle: ({ services, params }) => services.uploads.get(params.id),
  }),
  route({
    id: 'uploads.write',
    method: 'put',
    path: '/api/uploads/{id}/bytes',
    permission: 'operate',
    summary: { zh: '从某一字节起续传一段', en: 'Send a piece that begins at a byte' },
    params: uploadId,
    query: pieceQuery,
    octets: true,
    answer: upload,
    handle: async ({ services, params, query, request }) => {
      try {
        return await services.uploads.write(params.id, query.offset, request.body);
      } catch (error) {
        if (error instanceof UploadOffsetError) return offsetProblem(error);
        throw error;
      }
    },
  }),
  route({
    id: 'uploads.remove',
    method: 'delete',
    path: '/api/uploads/{id}',
    permission: 'operate',
    summary: { zh: '放弃上传', en: 'Forget an upload' },
    params: uploadId,
    answer: done,
    handle: async (call) => {
      await call.services.uploads.remove(call.params.id);
      await note(call, 'upload.remove', { upload: call.params.id });
    },
  }),
  route({
    id: 'uploads.recognise',
    method: 'post',
    path: '/api/uploads/{id}/recognise',
    permission: 'operate',
    summary: { zh: '识别文件并预览前几行的结果', en: 'Tell what a file is and what its first rows become' },
    params: uploadId,
    body: recogniseRequest,
    answer: recognised,
    handle: async ({ services, params, body }) => {
      const [file] = await services.uploads.files([params.id]);
      return file && previewFile(services.product.installation.context, file, body);
    },
  }),
];

/** The problem with the byte at which the upload goes on, also as a header. */
function offsetProblem(error: UploadOffsetError): Response {
  const problem = { ...problemOf(error), offset: error.received };
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  return Response.json(problem, { status: 409, headers: { ...headers, 'upload-offset': String(error.received) } });
}
