/** Where audiences may be sent: a line a kind. */
export { file } from './file/file.ts';
export { oceanengine } from './oceanengine/oceanengine.ts';
export { s3 } from './s3/s3.ts';
export { tencent } from './tencent/tencent.ts';
export { webhook } from './webhook/webhook.ts';
