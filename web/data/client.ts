import { ApiError, faultOf } from './apiError.ts';
import { makeMemory } from './memory.ts';
import { reportReach } from './reach.ts';

/** What every request carries; set by the session and by the switch of language. */
const carried = { csrf: '', locale: 'zh' };
const memory = makeMemory(200);

export function carry(what: Partial<typeof carried>): void {
  Object.assign(carried, what);
}

/** Forgets every kept answer: somebody else may log in next. */
export function forgetAnswers(): void {
  memory.clear();
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly octets?: Blob;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer has an ETag: it is kept, and asked for again only if it changed. */
  readonly kept?: boolean;
}

/** One request to the API at a path such as `/api/data`; throws ApiError. */
export async function call<T>(path: string, ask: Ask = {}): Promise<T> {
  const key = ask.kept ? `${carried.locale} ${path} ${JSON.stringify(ask.body)}` : '';
  const known = ask.kept ? memory.read(key) : undefined;
  const response = await send(path, ask, known ? { 'if-none-match': known.etag } : {});
  if (response.status === 304 && known) return known.body as T; // as: the body was this question's before
  if (!response.ok) throw await faultOf(response);
  const body: unknown = response.status === 204 ? undefined : await response.json();
  const etag = response.headers.get('etag');
  if (ask.kept && etag) memory.write(key, { etag, body });
  return body as T; // as: the server checks its answers against the same shapes
}

/** A file the API makes, with the name it gives it. */
export async function download(path: string, ask: Ask = {}): Promise<{ blob: Blob; name: string | undefined }> {
  const response = await send(path, ask, {});
  if (!response.ok) throw await faultOf(response);
  return { blob: await response.blob(), name: nameOf(response.headers.get('content-disposition')) };
}

/** The name a Content-Disposition header gives a file. */
export function nameOf(header: string | null): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(header ?? '')?.[1];
}

async function send(path: string, ask: Ask, more: Record<string, string>): Promise<Response> {
  const method = ask.method ?? 'GET';
  const headers: Record<string, string> = { 'accept-language': carried.locale, ...ask.headers, ...more };
  if (method !== 'GET' && carried.csrf) headers['x-csrf-token'] = carried.csrf;
  if (ask.octets) headers['content-type'] = 'application/octet-stream';
  else if (method !== 'GET') headers['content-type'] = 'application/json';
  const body = ask.octets ?? (method === 'GET' ? null : JSON.stringify(ask.body ?? {}));
  try {
    const response = await fetch(path, {
      method,
      headers,
      body,
      signal: ask.signal ?? null,
      credentials: 'same-origin',
    });
    reportReach(true);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    reportReach(false);
    throw new ApiError(0, 'offline', '');
  }
}
