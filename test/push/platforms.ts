/** Platforms as their documentation has them, on this machine: they keep who is in each audience and refuse what it refuses. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';

/** A request as a platform reads it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What happens to a request in place of its answer: before it is looked at, or when all of it has been done. */
export type Mishap = { readonly before?: Told } | { readonly after: Told | 'silence' };

export interface Platform {
  readonly url: string;
  /** `host:port`, to be allowed. */
  readonly host: string;
  readonly seen: Asked[];
  /** Of the next requests, in order; `{}` lets one through. */
  readonly mishaps: Mishap[];
  stop(): Promise<void>;
}

/** Serves what a platform answers. */
export async function serve(answer: (asked: Asked) => Promise<Told> | Told): Promise<Platform> {
  const seen: Asked[] = [];
  const mishaps: Mishap[] = [];
  const server = createServer((request, response) => {
    handled(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  async function handled(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://platform');
    const { method = '', headers } = request;
    const asked = { method, headers, path: pathname, query: searchParams, body: Buffer.concat(pieces) };
    seen.push(asked);
    const mishap = mishaps.shift() ?? {};
    const isBefore = 'before' in mishap && mishap.before !== undefined;
    const came = isBefore ? mishap.before : await answer(asked);
    const told = 'after' in mishap ? mishap.after : came;
    if (told === 'silence' || told === undefined) return;
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers }).end(told.body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}`, host, seen, mishaps, stop };
}

export const json = (code: number, message: string, data: object = {}): Told => ({
  body: JSON.stringify({ code, message, data, request_id: 'r' }),
});

/** A form's fields and its file. */
export async function formIn({
  headers,
  body,
}: Asked): Promise<{ fields: Map<string, string>; file: Buffer | undefined }> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
  const fields = new Map<string, string>();
  let file: Buffer | undefined;
  for (const [name, value] of form)
    if (typeof value === 'string') fields.set(name, value);
    else file = Buffer.from(await value.arrayBuffer());
  return { fields, file };
}

/** The one file of a ZIP; undefined where it is none. */
export function unzipped(zip: Buffer): Buffer | undefined {
  if (zip.length < 30 || zip.readUInt32LE(0) !== 0x04034b50) return undefined;
  const at = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  const content = inflateRawSync(zip.subarray(at, at + zip.readUInt32LE(18)));
  return content.length === zip.readUInt32LE(22) ? content : undefined;
}

const hex = (digits: number): RegExp => new RegExp(`^[0-9a-f]{${digits}}$`);

/** Ocean Engine's DMP data sources. */
export interface OceanEngine extends Platform {
  /** Identifiers of each data source, `type:id`. */
  readonly sources: Map<string, Set<string>>;
}

const oceanTypes: Readonly<Record<number, RegExp>> = {
  0: /^\d{14,15}$/,
  1: /^[0-9a-f-]{36}$/,
  2: /^\d+$/,
  4: hex(32),
  5: hex(32),
  6: hex(64),
  7: /^[0-9a-f-]{16,64}$/,
  8: hex(32),
};

export async function oceanEngine(token: string): Promise<OceanEngine> {
  const files = new Map<string, readonly string[]>();
  const sources = new Map<string, Set<string>>();
  const platform = await serve(async (asked) => {
    const given = asked.headers['access-token'];
    if (given === undefined) return json(40104, 'access_token 为空');
    if (given !== token) return json(40105, 'access_token 错误');
    if (asked.path === '/open_api/2/dmp/data_source/file/upload/') return uploaded(asked);
    const body = JSON.parse(asked.body.toString()) as Record<string, unknown>;
    const paths = body.file_paths;
    if (typeof body.advertiser_id !== 'number') return json(40001, 'advertiser_id');
    if (body.data_format !== 0 || body.file_storage_type !== 0) return json(40001, 'data_format');
    if (!Array.isArray(paths) || paths.length === 0 || paths.length > 1000) return json(40001, 'file_paths');
    const ids = paths.flatMap((path) => files.get(String(path)) ?? ['?']);
    if (ids.includes('?')) return json(40001, 'file_paths');
    return asked.path === '/open_api/2/dmp/data_source/create/' ? created(body, ids) : updated(asked, body, ids);
  });
  async function uploaded(asked: Asked): Promise<Told> {
    const { fields, file } = await formIn(asked);
    if (!/^\d+$/.test(fields.get('advertiser_id') ?? '')) return json(40001, 'advertiser_id');
    if (!file || file.length > 50 * 2 ** 20) return json(40001, 'file');
    if (createHash('md5').update(file).digest('hex') !== fields.get('file_signature'))
      return json(40001, 'file_signature');
    const ids = dmpIds(unzipped(file));
    if (!ids) return json(40001, 'file content');
    const path = `path-${files.size + 1}`;
    files.set(path, ids);
    return json(0, 'OK', { file_path: path });
  }
  function created(
    { data_source_name: name, description, data_source_type: type }: Record<string, unknown>,
    ids: string[],
  ): Told {
    if (typeof name !== 'string' || name.length === 0 || name.length > 30) return json(40001, 'data_source_name');
    if (typeof description !== 'string' || description.length > 256) return json(40001, 'description');
    if (type !== 'UID' && type !== 'DID') return json(40001, 'data_source_type');
    const id = `source-${sources.size + 1}`;
    sources.set(id, new Set(ids));
    return json(0, 'OK', { data_source_id: id });
  }
  function updated(
    { path }: Asked,
    { data_source_id: id, operation_type: operation }: Record<string, unknown>,
    ids: string[],
  ): Told {
    const source = sources.get(String(id));
    if (path !== '/open_api/2/dmp/data_source/update/') return { status: 404, body: '' };
    if (!source) return json(40001, 'data_source_id');
    if (operation !== 1 && operation !== 2) return json(40001, 'operation_type');
    for (const each of ids) operation === 1 ? source.add(each) : source.delete(each);
    return json(0, 'OK', {});
  }
  return { ...platform, sources };
}

/** Identifiers of a file of `DmpData` lines; undefined where the documentation refuses it. */
export function dmpIds(content: Buffer | undefined): string[] | undefined {
  if (!content) return undefined;
  const all: string[] = [];
  for (const line of content.toString('latin1').trimEnd().split('\n')) {
    const items = protoFields(Buffer.from(line, 'base64'));
    if (items.length === 0 || items.length > 10_000) return undefined;
    for (const { field, bytes } of items) {
      if (field !== 1 || !bytes) return undefined;
      const of = protoFields(bytes);
      const type = of.find((each) => each.field === 2)?.number ?? -1;
      const id = of.find((each) => each.field === 3)?.bytes?.toString() ?? '';
      if (!oceanTypes[type]?.test(id)) return undefined;
      all.push(`${type}:${id}`);
    }
  }
  return all;
}

interface ProtoField {
  readonly field: number;
  readonly number?: number;
  readonly bytes?: Buffer;
}

function protoFields(message: Buffer): ProtoField[] {
  const fields: ProtoField[] = [];
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if (tag % 8 === 0) fields.push({ field: tag >> 3, number: varint() });
    else {
      const length = varint();
      fields.push({ field: tag >> 3, bytes: message.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}

/** Tencent's customer files. */
export interface Tencent extends Platform {
  /** Identifiers of each audience, `user_id_type:id`. */
  readonly audiences: Map<string, Set<string>>;
}

const md5Types = ['HASH_IDFA', 'HASH_IMEI', 'HASH_MOBILE_PHONE', 'HASH_OAID'];
const openTypes = ['IDFA', 'IMEI', 'WX_OPENID', 'WX_UNIONID', 'WECHAT_OPENID', 'OAID', 'CAID'];

/** What an identifier of a type looks like; undefined of a type there is not. */
function tencentForm(type: string): RegExp | undefined {
  if (md5Types.includes(type)) return hex(32);
  if (type === 'SHA256_MOBILE_PHONE') return hex(64);
  return openTypes.includes(type) ? /^\S+$/ : undefined;
}

export async function tencentAds(token: string, now: Date): Promise<Tencent> {
  const audiences = new Map<string, Set<string>>();
  const nonces = new Set<string>();
  const platform = await serve(async (asked) => {
    const [given, nonce, timestamp] = ['access_token', 'nonce', 'timestamp'].map((name) => asked.query.get(name) ?? '');
    if (given === '') return json(11005, 'Access token is empty.');
    if (given !== token) return json(11002, 'Access token is invalid.');
    if (nonce === undefined || nonce === '' || nonce.length > 32) return json(12000, 'nonce');
    nonces.add(nonce);
    if (Math.abs(Number(timestamp) - now.getTime() / 1000) > 300) return json(12001, 'timestamp');
    if (asked.path === '/v3.0/custom_audiences/add') return made(JSON.parse(asked.body.toString()));
    if (asked.path === '/v3.0/custom_audience_files/add') return filed(asked);
    return { status: 404, body: '' };
  });
  function made({ account_id: account, name, type }: Record<string, unknown>): Told {
    if (typeof account !== 'number') return json(18001, 'account_id');
    if (typeof name !== 'string' || name.length === 0 || name.length > 32) return json(18001, 'name');
    if (type !== 'CUSTOMER_FILE') return json(18001, 'type');
    const id = String(9000 + audiences.size);
    audiences.set(id, new Set());
    return json(0, '', { audience_id: Number(id) });
  }
  async function filed(asked: Asked): Promise<Told> {
    const { fields, file } = await formIn(asked);
    const of = (name: string) => fields.get(name) ?? '';
    const audience = audiences.get(of('audience_id'));
    if (!/^\d+$/.test(of('account_id')) || !audience) return json(18001, 'audience_id');
    const type = of('user_id_type');
    const form = tencentForm(type);
    if (!form) return json(18001, 'user_id_type');
    const operation = fields.get('operation_type') ?? 'APPEND';
    if (operation !== 'APPEND' && operation !== 'REDUCE') return json(18001, 'operation_type');
    const content = file && file.length <= 100 * 2 ** 20 ? unzipped(file) : undefined;
    const ids = content?.toString().trimEnd().split('\n');
    if (!ids?.every((id) => form.test(id))) return json(18001, 'file');
    for (const id of ids) operation === 'APPEND' ? audience.add(`${type}:${id}`) : audience.delete(`${type}:${id}`);
    return json(0, '', { custom_audience_file_id: 1 });
  }
  return { ...platform, audiences };
}

/** A receiver of webhooks who knows each delivery by its key, and refuses records that it is told to. */
export interface Receiver extends Platform {
  readonly values: Set<string>;
  /** Keys of deliveries that were taken, as often as they came. */
  readonly keys: string[];
  /** Values that are refused. */
  readonly unwanted: Set<string>;
}

export async function receiver(): Promise<Receiver> {
  const [values, unwanted, keys] = [new Set<string>(), new Set<string>(), [] as string[]];
  const platform = await serve(({ headers, body }) => {
    const key = String(headers['idempotency-key']);
    const { operation, values: given } = JSON.parse(body.toString()) as { operation: string; values: string[] };
    const refused = given.flatMap((value, index) => (unwanted.has(value) ? [{ index, reason: 'unwanted' }] : []));
    keys.push(key);
    for (const value of given) if (!unwanted.has(value)) operation === 'add' ? values.add(value) : values.delete(value);
    return { body: JSON.stringify({ refused }) };
  });
  return { ...platform, values, keys, unwanted };
}
