import { readJson, writeJson } from '../json.ts';
import { isObject } from '../props.ts';
import { Refused } from '../protocol.ts';

export type Message = Readonly<Record<string, unknown>>;

/** The body of a request as JSON, whatever content type it names: browsers send it as text/plain. */
export function jsonBody(body: Buffer): unknown {
  const value = readJson(body.toString('utf8'));
  if (value === undefined) throw new Refused('json', 'The body is not JSON. Send one JSON document in UTF-8.');
  return value;
}

/** The body as a JSON object. */
export function objectBody(body: Buffer): Message {
  return asObject(jsonBody(body));
}

/** The value of a body, which is to be an object. */
export function asObject(value: unknown): Message {
  if (!isObject(value)) throw new Refused('json', 'The body is not a JSON object.');
  return value;
}

const secrets: ReadonlySet<string> = new Set(['writeKey', 'write_key', 'api_key', 'token', '$token']);

/** A part of a request as rejects keep it: its JSON without the key it may carry. */
export function rawOf(value: unknown): string {
  try {
    return JSON.stringify(value, (key, inner: unknown) => (secrets.has(key) ? undefined : inner)) ?? '';
  } catch {
    return '(nested too deep to be shown)';
  }
}

/** Refuses a request one of whose events is longer than `most` bytes; a body no longer than that has none. */
export function refuseLonger(body: Buffer, events: readonly unknown[], most: number): void {
  if (body.length <= most) return;
  for (const event of events) {
    const text = writeJson(event);
    const bytes = text.length * 3 > most ? Buffer.byteLength(text) : 0;
    if (bytes > most) throw new Refused('too_large', `An event has ${bytes} bytes; an event may have at most ${most}.`);
  }
}
