import { parseError } from '@clickhouse/client';
import type { Row } from './warehouse.ts';

const NEWLINE = 0x0a;
/** Begins what a server says when it fails in the middle of an answer. Note: JSON escapes it, so no row has one. */
const RETURN = 0x0d;
/** Between two marks: what went wrong, its length, and a tag that each of them bears. */
const failure = /__exception__\r\n\S+\r?\n([\s\S]*)\n\d+ \S+\r\n__exception__/;

/** Whole rows in the format JSONEachRow. */
export function parseRows<R extends Row>(bytes: Uint8Array | undefined): R[] {
  if (!bytes || bytes.length === 0) return [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as R[];
}

/**
 * Rows of an answer that comes over HTTP in pieces cut anywhere; throws the server's error where it failed on the way.
 * Note: the client's own reader takes a failure for another one when a piece ends within it.
 */
export async function* rowsOf<R extends Row>(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<R[]> {
  let rest = Buffer.alloc(0);
  try {
    for await (const piece of pieces) {
      rest = Buffer.concat([rest, piece]);
      const failed = rest.indexOf(RETURN);
      const end = rest.subarray(0, failed === -1 ? rest.length : failed).lastIndexOf(NEWLINE) + 1;
      yield parseRows<R>(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  } catch (error) {
    // Note: a server that has said why it fails may drop the connection.
    if (!rest.includes(RETURN)) throw error;
  }
  if (rest.length > 0) throw failureOf(rest.toString('utf8'));
}

function failureOf(text: string): Error {
  const [, message] = failure.exec(text) ?? [];
  return message === undefined ? new Error('The answer broke off within a row.') : parseError(message);
}
