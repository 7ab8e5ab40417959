import { createHash, createHmac } from 'node:crypto';

/** Who signs, and for which region of the storage. */
export interface Credentials {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
  readonly region: string;
}

/** A request to be signed. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array;
}

const hashed = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex');
const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** As RFC 3986 has it: more than `encodeURIComponent` changes. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** The path of an object as it is sent and signed. */
export const encodedPath = (path: string): string => path.split('/').map(encoded).join('/');

/** The query as it is sent and signed, sorted by name. */
export const encodedQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');

/** Headers that sign a request to an S3-compatible storage (AWS Signature Version 4). */
export function signed({ method, url, body }: Unsigned, { id, secret, token, region }: Credentials, now: Date) {
  const moment = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = moment.slice(0, 8);
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': hashed(body),
    'x-amz-date': moment,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
  };
  const names = Object.keys(headers).toSorted();
  const listed = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const query = url.search.slice(1);
  const request = [method, url.pathname, query, listed, names.join(';'), hashed(body)].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', moment, scope, hashed(request)].join('\n');
  const key = keyed(keyed(keyed(keyed(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
  const signature = keyed(key, text).toString('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
