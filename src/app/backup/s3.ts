import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError, NotFoundError, UnavailableError } from '../../base/errors.ts';
import { openOutbound, publicLookup } from '../outbound.ts';
import type { Place, Reaching } from './place.ts';
import { type Credentials, encodedPath, encodedQuery, signed } from './signing.ts';

/** Bytes of one part of an object: a storage takes at least 5 MB and at most 10 000 of them, here 640 GB in all. */
const PART_BYTES = 64 * 2 ** 20;
const SILENT_MS = 60_000;
const MOST_TEXT = 64 * 1024;
const OK = 200;
const NOT_FOUND = 404;
const none = Buffer.alloc(0);

interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** An object in an S3-compatible storage, `s3://bucket/key`; credentials and endpoint come from the environment. */
export function bucketOf(named: string, reaching: Reaching): Place {
  const [, bucket = '', key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})\/(.+)$/.exec(named) ?? [];
  if (key === '') throw new InputError('backup_s3', `${named} is not an address of an object: write s3://bucket/key.`);
  const object = new StoredObject(bucket, key, reaching);
  return { title: named, write: (work) => object.write(work), read: () => object.read() };
}

function credentialsIn({ env }: Reaching): Credentials {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
  if (!id || !secret)
    throw new InputError(
      'backup_s3',
      'The storage needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment (AWS_REGION and AWS_ENDPOINT_URL where it is not AWS in us-east-1).',
    );
  return { id, secret, region: env.AWS_REGION || 'us-east-1', ...(token ? { token } : {}) };
}

class StoredObject {
  readonly #url: URL;
  readonly #named: string;
  readonly #credentials: Credentials;
  readonly #reaching: Reaching;

  constructor(bucket: string, key: string, reaching: Reaching) {
    this.#credentials = credentialsIn(reaching);
    this.#reaching = reaching;
    this.#named = `s3://${bucket}/${key}`;
    const base = reaching.env.AWS_ENDPOINT_URL || `https://s3.${this.#credentials.region}.amazonaws.com`;
    openOutbound({ allow: reaching.allow }).check(base);
    this.#url = new URL(`/${encodedPath(`${bucket}/${key}`)}`, base);
  }

  /** Sends an object part by part: it is there when the last is, and not before. */
  async write(work: (into: Writable) => Promise<void>): Promise<void> {
    if ((await this.#ask({ method: 'HEAD' }, [OK, NOT_FOUND])).status === OK)
      throw new InputError('backup_exists', `${this.#named} is there already: give the backup another name.`);
    const begun = await this.#ask({ method: 'POST', query: { uploads: '' } });
    const uploadId = tagIn(begun.text, 'UploadId');
    try {
      const parts = new Parts((number, body) => this.#part(uploadId, number, body));
      await work(parts);
      if (!parts.writableFinished) await finished(parts);
      await this.#complete(uploadId, parts.tags);
    } catch (error) {
      await this.#ask({ method: 'DELETE', query: { uploadId } }, [OK, 204, NOT_FOUND]).catch(() => {});
      throw error;
    }
  }

  async read(): Promise<Readable> {
    const answer = await this.#send({ method: 'GET' });
    if (answer.statusCode === OK) return answer;
    answer.destroy();
    if (answer.statusCode === NOT_FOUND)
      throw new NotFoundError('backup_file', `There is no ${this.#named}: correct the address.`);
    throw this.#refused(answer.statusCode);
  }

  async #part(uploadId: string, number: number, body: Uint8Array): Promise<string> {
    const { headers } = await this.#ask({ method: 'PUT', query: { partNumber: String(number), uploadId }, body });
    return String(headers.etag);
  }

  async #complete(uploadId: string, tags: readonly string[]): Promise<void> {
    const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const { text } = await this.#ask({ method: 'POST', query: { uploadId }, body });
    // Note: an error may come after the headers, and then under the status 200.
    if (text.includes('<Error>')) throw this.#refused(OK, text);
  }

  async #ask(asked: Asked, taken: readonly number[] = [OK]) {
    const answer = await this.#send(asked);
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text = (text + chunk).slice(0, MOST_TEXT);
    const status = answer.statusCode ?? 0;
    if (!taken.includes(status)) throw this.#refused(status, text);
    return { status, headers: answer.headers, text };
  }

  #send({ method, query = {}, body = none }: Asked): Promise<IncomingMessage> {
    const url = new URL(this.#url);
    url.search = encodedQuery(query);
    const headers = {
      ...signed({ method, url, body }, this.#credentials, this.#reaching.now()),
      'content-length': body.length,
    };
    const options = { method, headers, agent: false, lookup: publicLookup(url, this.#reaching.allow) };
    return new Promise((resolve, reject) => {
      const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
      request.setTimeout(SILENT_MS, () => request.destroy(new Error('no answer')));
      request.on('response', resolve);
      request.on('error', (error) => reject(this.#unreachable(error)));
      request.end(body);
    });
  }

  #unreachable(cause: Error): UnavailableError {
    const message = `The storage at ${this.#url.host} does not answer: see whether it can be reached from here, then try again.`;
    return new UnavailableError('backup_s3', message, { cause });
  }

  #refused(status = 0, text = ''): InputError {
    const said = tagIn(text, 'Code') || `status ${status}`;
    return new InputError(
      'backup_s3',
      `The storage at ${this.#url.host} refuses ${this.#named} (${said}): check the credentials, the region and the rights on the bucket.`,
    );
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function tagIn(text: string, tag: string): string {
  const found = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? '';
  return found.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Gathers bytes into parts and sends each when it is full. */
class Parts extends Writable {
  readonly tags: string[] = [];
  readonly #send: (number: number, body: Uint8Array) => Promise<string>;
  #held: Buffer[] = [];
  #size = 0;

  constructor(send: (number: number, body: Uint8Array) => Promise<string>) {
    super();
    this.#send = send;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size < PART_BYTES) done();
    else this.#part().then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#part().then(() => done(), done);
  }

  async #part(): Promise<void> {
    if (this.#size === 0) return;
    const body = Buffer.concat(this.#held);
    this.#held = [];
    this.#size = 0;
    this.tags.push(await this.#send(this.tags.length + 1, body));
  }
}
