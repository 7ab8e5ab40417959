import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A storage that speaks as much of S3 as a backup needs, in memory; it refuses what is not signed rightly. */
export interface Storage {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** Uploads that were begun and neither completed nor given up. */
  readonly open: Map<string, Map<number, Buffer>>;
  /** Requests that end in an error, by method, from now on. */
  readonly failing: Set<string>;
  stop(): Promise<void>;
}

export const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-north-1',
};

const digest = (text: Buffer | string) => createHash('sha256').update(text).digest('hex');
const keyed = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The signature that the request must bear, worked out from what came. */
function signatureOf({ method, url = '', headers }: IncomingMessage, body: Buffer): string {
  const [path, query = ''] = url.split('?');
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const listed = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const moment = String(headers['x-amz-date']);
  const scope = `${moment.slice(0, 8)}/eu-north-1/s3/aws4_request`;
  const request = [method, path, query, listed.join(''), names, digest(body)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((last, each) => keyed(last, each), 'AWS4secret');
  return keyed(key, ['AWS4-HMAC-SHA256', moment, scope, digest(request)].join('\n')).toString('hex');
}

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

interface Kept extends Pick<Storage, 'objects' | 'open' | 'failing'> {}

/** What the storage does with a request that is signed rightly. */
function handled({ objects, open, failing }: Kept, request: IncomingMessage, body: Buffer): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://storage');
  const { method = '' } = request;
  if (failing.has(method)) return { status: 500, body: '<Error><Code>InternalError</Code></Error>' };
  const upload = searchParams.get('uploadId') ?? '';
  const parts = open.get(upload);
  const object = objects.get(pathname);
  if (method === 'POST' && searchParams.has('uploads')) return begun(open);
  if (method === 'DELETE') return { status: open.delete(upload) ? 204 : 404 };
  if (parts && method === 'PUT') {
    parts.set(Number(searchParams.get('partNumber')), body);
    return { status: 200, headers: { etag: `"${digest(body)}"` } };
  }
  if (parts && method === 'POST') {
    const whole = joined(parts, body.toString());
    if (!whole) return { status: 200, body: '<Error><Code>InvalidPart</Code></Error>' };
    objects.set(pathname, whole);
    open.delete(upload);
    return { status: 200, body: '<CompleteMultipartUploadResult/>' };
  }
  if (method === 'PUT' && upload === '') {
    objects.set(pathname, body);
    return { status: 200 };
  }
  if (!object) return { status: 404 };
  return { status: 200, ...(method === 'GET' ? { body: object } : {}) };
}

function begun(open: Kept['open']): Answer {
  const id = randomUUID();
  open.set(id, new Map());
  return {
    status: 200,
    body: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
  };
}

/** The parts as one object, where the list names each by its tag. */
function joined(parts: ReadonlyMap<number, Buffer>, list: string): Buffer | undefined {
  const told = [...list.matchAll(/<ETag>([^<]+)</g)].map(([, tag]) => tag);
  const had = [...parts].toSorted(([a], [b]) => a - b).map(([, each]) => each);
  const isWhole = JSON.stringify(told) === JSON.stringify(had.map((each) => `"${digest(each)}"`));
  return isWhole ? Buffer.concat(had) : undefined;
}

export async function startStorage(): Promise<Storage> {
  const kept: Kept = { objects: new Map(), open: new Map(), failing: new Set() };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isSigned = request.headers.authorization?.endsWith(`Signature=${signatureOf(request, body)}`);
    const said = isSigned
      ? handled(kept, request, body)
      : { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
    response.writeHead(said.status, said.headers).end(said.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  const stop = () => new Promise<void>((go) => server.close(() => go()));
  return { ...kept, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
