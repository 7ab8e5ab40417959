import { z } from 'zod';
import { defineDestination, taken } from '../destination.ts';

/** Records wait in the home, and leave it as a CSV or XLSX that somebody fetches and uploads by hand. */
export const file = defineDestination({
  id: 'file',
  title: { zh: '文件下载', en: 'A file to download' },
  about: {
    zh: '生成 CSV 或 XLSX，列为平台所需的标识（MD5、SHA-256 或原值），由人工上传。',
    en: 'A CSV or XLSX with the identifiers a platform wants (MD5, SHA-256 or plain), uploaded by hand.',
  },
  settings: z.strictObject({}),
  fields: {},
  identifiers: (['sha256', 'md5', 'plain'] as const).map((form) => ({ type: '*', form })),
  batch: 500_000,
  isFile: true,
  deliver: async () => taken,
});
