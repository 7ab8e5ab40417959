import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Answer, type Batch, defineDestination, type Identifier, type Outside, taken } from '../destination.ts';
import { afterOf, classOf, DeliveryFault, type FaultClass, jsonOf, requireTaken } from '../fault.ts';
import { multipart } from '../multipart.ts';
import { zipped } from '../zip.ts';

/** `user_id_type` of the documentation for what a home can give. */
const types: Readonly<Record<string, string>> = {
  'phone:md5': 'HASH_MOBILE_PHONE',
  'phone:sha256': 'SHA256_MOBILE_PHONE',
  'oaid:md5': 'HASH_OAID',
  'oaid:plain': 'OAID',
  'imei:md5': 'HASH_IMEI',
  'idfa:md5': 'HASH_IDFA',
  'openid:plain': 'WECHAT_OPENID',
  'unionid:plain': 'WX_UNIONID',
};

/** Return codes by what to do about them; others that are not 0 refuse the file. */
const retried = [10000, 11008, 11016, 11017, 11018, 11019];
const stopped = [11000, 11002, 11004, 11005, 11007, 11014];

function codeClass(code: number): FaultClass {
  if (retried.includes(code)) return 'retry';
  return stopped.includes(code) ? 'stop' : 'drop';
}

const told = z.object({
  code: z.int(),
  message: z.string().default(''),
  data: z.record(z.string(), z.unknown()).optional(),
});

function dataOf(answer: Answer): Readonly<Record<string, unknown>> {
  if (classOf(answer.status) === 'retry') requireTaken(answer);
  const { code, message, data = {} } = told.parse(jsonOf(answer));
  if (code !== 0) throw new DeliveryFault(codeClass(code), `${code} ${message.slice(0, 200)}`.trim(), afterOf(answer));
  requireTaken(answer);
  return data;
}

/** Address of a call with the parameters that every call has. Note: `nonce` must differ from call to call. */
function address(base: string, path: string, token: string, { now }: Outside, salt: string): string {
  const timestamp = Math.floor(now().getTime() / 1000);
  const nonce = createHash('sha256').update(`${salt} ${now().toISOString()}`).digest('hex').slice(0, 32);
  const query = new URLSearchParams({ access_token: token, timestamp: String(timestamp), nonce });
  return `${base.replace(/\/+$/, '')}/${path}?${query}`;
}

const keyOf = ({ type, form }: Identifier): string => `${type}:${form}`;

/** 腾讯广告 customer files: an audience of type CUSTOMER_FILE, to which zipped lists are added (APPEND) and taken from (REDUCE). */
export const tencent = defineDestination({
  id: 'tencent',
  title: { zh: '腾讯广告人群', en: 'Tencent Ads audience' },
  about: {
    zh: '创建号码文件人群并上传标识（custom_audiences/add、custom_audience_files/add，v3.0）。',
    en: 'Makes a customer-file audience and uploads identifiers to it (Marketing API v3.0).',
  },
  settings: z.strictObject({
    account_id: z
      .string()
      .regex(/^\d{1,16}$/)
      .refine((id) => Number.isSafeInteger(Number(id))),
    access_token: z.string().min(1).max(500),
    audience_id: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    open_app_id: z.string().min(1).max(128).optional(),
    endpoint: z.url().max(500).default('https://api.e.qq.com/v3.0'),
  }),
  fields: {
    account_id: { title: { zh: '推广账号 ID', en: 'Account ID' } },
    access_token: { title: { zh: 'Access Token', en: 'Access token' }, secret: true },
    audience_id: { title: { zh: '已有人群 ID（留空则新建）', en: 'ID of an audience (made where empty)' } },
    open_app_id: { title: { zh: '微信 AppID（发送 OpenID 时）', en: 'WeChat app ID (for OpenIDs)' } },
    endpoint: { title: { zh: '接口地址', en: 'Endpoint' } },
  },
  identifiers: Object.keys(types).map((key) => {
    const [type = '', form] = key.split(':');
    return { type, form: form as Identifier['form'] }; // as: written above
  }),
  batch: 500_000,
  address: ({ endpoint }) => endpoint,
  prepare: async ({ name, remote }, settings, outside) => {
    const known = remote.audience_id ?? settings.audience_id;
    if (known !== undefined) return { audience_id: known };
    const { account_id, access_token, endpoint } = settings;
    const body = {
      account_id: Number(account_id),
      name: name.slice(0, 32),
      type: 'CUSTOMER_FILE',
      description: 'Qiancheng',
    };
    const answer = await outside.fetch({
      method: 'POST',
      url: address(endpoint, 'custom_audiences/add', access_token, outside, name),
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
    const { audience_id } = z.object({ audience_id: z.coerce.string() }).parse(dataOf(answer));
    return { audience_id };
  },
  deliver: async (batch, { remote }, settings, outside) => {
    const { endpoint, access_token } = settings;
    const { body, type } = await form(batch, remote.audience_id ?? '', settings);
    const answer = await outside.fetch({
      method: 'POST',
      url: address(endpoint, 'custom_audience_files/add', access_token, outside, batch.key),
      headers: { 'content-type': type },
      body,
    });
    dataOf(answer);
    return taken;
  },
});

function form(
  { key, operation, identifier, values }: Batch,
  audience: string,
  { account_id, open_app_id }: { readonly account_id: string; readonly open_app_id?: string | undefined },
) {
  const userType = types[keyOf(identifier)] ?? '';
  const texts = [
    { name: 'account_id', value: account_id },
    { name: 'audience_id', value: audience },
    { name: 'user_id_type', value: userType },
    { name: 'operation_type', value: operation === 'add' ? 'APPEND' : 'REDUCE' },
    ...(userType === 'WECHAT_OPENID' && open_app_id ? [{ name: 'open_app_id', value: open_app_id }] : []),
  ];
  const file = { name: 'file', value: zipped(`${key}.txt`, Buffer.from(`${values.join('\n')}\n`)), file: `${key}.zip` };
  return multipart([...texts, file]);
}
