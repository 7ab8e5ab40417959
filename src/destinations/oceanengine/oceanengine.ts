import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Answer, defineDestination, type Outside, taken } from '../destination.ts';
import { afterOf, classOf, DeliveryFault, type FaultClass, jsonOf, requireTaken } from '../fault.ts';
import { multipart } from '../multipart.ts';
import { zipped } from '../zip.ts';
import { type DmpType, dataTypes, dmpFile } from './dmpData.ts';

const retried = [40100, 40110, 50000, 50001];
const stopped = [40002, 40101, 40102, 40103, 40104, 40105, 40106, 40107];

function codeClass(code: number): FaultClass {
  if (retried.includes(code) || (code >= 50_000 && code < 60_000)) return 'retry';
  return stopped.includes(code) ? 'stop' : 'drop';
}

const told = z.object({
  code: z.int(),
  message: z.string().default(''),
  data: z.record(z.string(), z.unknown()).nullish(),
});

function dataOf(answer: Answer): Readonly<Record<string, unknown>> {
  if (classOf(answer.status) === 'retry') requireTaken(answer);
  const { code, message, data } = told.parse(jsonOf(answer));
  if (code !== 0) throw new DeliveryFault(codeClass(code), `${code} ${message.slice(0, 200)}`.trim(), afterOf(answer));
  requireTaken(answer);
  return data ?? {};
}

const settings = z.strictObject({
  advertiser_id: z
    .string()
    .regex(/^\d{1,16}$/)
    .refine((id) => Number.isSafeInteger(Number(id))),
  access_token: z.string().min(1).max(500),
  data_source_id: z.string().min(1).max(100).optional(),
  endpoint: z.url().max(500).default('https://ad.oceanengine.com/open_api'),
});
type Settings = z.infer<typeof settings>;

const textOf = (data: Readonly<Record<string, unknown>>, name: string): string =>
  z.object({ [name]: z.coerce.string().min(1) }).parse(data)[name] ?? '';

async function called(outside: Outside, given: Settings, path: string, type: string, body: Uint8Array) {
  const answer = await outside.fetch({
    method: 'POST',
    url: `${given.endpoint.replace(/\/+$/, '')}/2/dmp/data_source/${path}/`,
    headers: { 'access-token': given.access_token, 'content-type': type },
    body,
  });
  return dataOf(answer);
}

/** Uploads a zipped file; gives the path by which the platform knows it. */
async function uploaded(outside: Outside, given: Settings, key: string, content: Uint8Array): Promise<string> {
  const zip = zipped(`${key}.txt`, content);
  const signature = createHash('md5').update(zip).digest('hex');
  const { body, type } = await multipart([
    { name: 'advertiser_id', value: given.advertiser_id },
    { name: 'file_signature', value: signature },
    { name: 'file', value: zip, file: `${key}.zip` },
  ]);
  return textOf(await called(outside, given, 'file/upload', type, body), 'file_path');
}

/**
 * 巨量引擎 DMP data sources: a file is uploaded, then the data source is made of it, or updated by it (1 adds, 2 removes).
 * Publishing the audience that the platform makes of the source is done there.
 */
export const oceanengine = defineDestination({
  id: 'oceanengine',
  title: { zh: '巨量引擎 DMP', en: 'Ocean Engine DMP' },
  about: {
    zh: '上传数据源文件并创建、更新 DMP 数据源（dmp/data_source，人群包在平台上发布）。',
    en: 'Uploads files and makes or updates a DMP data source; the audience is published on the platform.',
  },
  settings,
  fields: {
    advertiser_id: { title: { zh: '广告主 ID', en: 'Advertiser ID' } },
    access_token: { title: { zh: 'Access Token', en: 'Access token' }, secret: true },
    data_source_id: { title: { zh: '已有数据源 ID（留空则新建）', en: 'ID of a data source (made where empty)' } },
    endpoint: { title: { zh: '接口地址', en: 'Endpoint' } },
  },
  identifiers: Object.keys(dataTypes).map((key) => {
    const [type = '', form] = key.split(':');
    return { type, form: form as 'md5' | 'sha256' | 'plain' }; // as: written in dataTypes
  }),
  batch: 200_000,
  address: ({ endpoint }) => endpoint,
  prepare: async ({ remote }, { data_source_id: given }) => {
    const known = remote.data_source_id ?? given;
    return known === undefined ? {} : { data_source_id: known };
  },
  deliver: async ({ key, operation, identifier, values }, { name, remote }, given, outside) => {
    const kind = `${identifier.type}:${identifier.form}` as DmpType; // as: only identifiers named above are delivered
    const path = await uploaded(outside, given, key, dmpFile(kind, values));
    const common = {
      advertiser_id: Number(given.advertiser_id),
      ...{ data_format: 0, file_storage_type: 0, file_paths: [path] },
    };
    const known = remote.data_source_id;
    const ask = async (call: string, body: object) =>
      called(outside, given, call, 'application/json', Buffer.from(JSON.stringify({ ...common, ...body })));
    if (known !== undefined) {
      await ask('update', { data_source_id: known, operation_type: operation === 'add' ? 1 : 2 });
      return taken;
    }
    if (operation === 'remove') return taken;
    const about = { data_source_name: name.slice(0, 30), description: 'Qiancheng', data_source_type: 'DID' };
    return { ...taken, remote: { data_source_id: textOf(await ask('create', about), 'data_source_id') } };
  },
});
