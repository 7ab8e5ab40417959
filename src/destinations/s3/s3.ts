import { z } from 'zod';
import { defineDestination, taken } from '../destination.ts';
import { requireTaken } from '../fault.ts';

/** As RFC 3986 has it, which is how it is signed. */
const encoded = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`))
    .join('/');

/** Puts each batch as an object of its own: the same batch has the same name and content, so that it may be put again. */
export const s3 = defineDestination({
  id: 's3',
  title: { zh: 'S3 对象存储', en: 'S3 storage' },
  about: {
    zh: '每批一个 CSV 对象，存入 S3 兼容的对象存储（阿里云 OSS、腾讯云 COS、MinIO 等）。',
    en: 'A CSV object a batch, in an S3-compatible storage.',
  },
  settings: z.strictObject({
    endpoint: z.url().max(500).default('https://s3.amazonaws.com'),
    region: z.string().min(1).max(60).default('us-east-1'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,62}$/),
    prefix: z.string().max(500).default(''),
    access_key: z.string().min(1).max(200),
    secret_key: z.string().min(1).max(200),
  }),
  fields: {
    endpoint: { title: { zh: '服务地址', en: 'Endpoint' } },
    region: { title: { zh: '地域', en: 'Region' } },
    bucket: { title: { zh: '存储桶', en: 'Bucket' } },
    prefix: { title: { zh: '前缀', en: 'Prefix' } },
    access_key: { title: { zh: 'AccessKey', en: 'Access key' } },
    secret_key: { title: { zh: 'SecretKey', en: 'Secret key' }, secret: true },
  },
  identifiers: (['sha256', 'md5', 'plain'] as const).map((form) => ({ type: '*', form })),
  batch: 500_000,
  address: ({ endpoint }) => endpoint,
  deliver: async ({ key, operation, identifier, values }, { name }, settings, { fetch }) => {
    const { endpoint, bucket, prefix, region, access_key: id, secret_key: secret } = settings;
    const folder = [bucket, prefix, name].map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
    const { type, form } = identifier;
    const url = new URL(`/${encoded(`${folder.join('/')}/${key}-${operation}-${type}-${form}.csv`)}`, endpoint);
    const body = Buffer.from(`${type}_${form}\n${values.map((value) => `${cell(value)}\n`).join('')}`);
    requireTaken(
      await fetch({
        ...{ method: 'PUT', url: url.href, body, signer: { id, secret, region } },
        headers: { 'content-type': 'text/csv; charset=utf-8' },
      }),
    );
    return taken;
  },
});

const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
