import { readJson } from '../json.ts';
import { isObject } from '../props.ts';
import type { Message } from './message-json.ts';

/** Self-describing JSON: data and the schema it follows. */
export interface SelfDescribing {
  /** Name within the vendor: `link_click` of `iglu:com.acme/link_click/jsonschema/1-0-0`; the schema as it stands where it is no such address. */
  readonly name: string;
  readonly schema: string;
  readonly data: unknown;
}

export function selfDescribing(value: unknown): SelfDescribing | undefined {
  if (!isObject(value) || typeof value.schema !== 'string') return undefined;
  const { schema, data } = value;
  return { name: /^iglu:[^/]+\/([^/]+)\/[^/]+\/[^/]+$/.exec(schema)?.[1] ?? schema, schema, data };
}

/** JSON of a field that trackers send as text, or as base64 (of either alphabet, padded or not) under another name. */
export function fieldJson(event: Message, plain: string, encoded: string): unknown {
  const { [plain]: text, [encoded]: base64 } = event;
  if (typeof text === 'string') return readJson(text);
  if (text !== undefined) return text;
  return typeof base64 === 'string' ? readJson(Buffer.from(base64, 'base64').toString('utf8')) : undefined;
}
