import { crc32 } from 'node:zlib';
import type { Entry } from '../entry.ts';

/** Length and checksum of the payload, each an unsigned 32-bit number, least byte first. */
export const HEADER_BYTES = 8;

/** What every payload begins with, by which the next record is found behind a damaged one. */
const OPENING = '{"source":"';

/** An entry as it goes to disk: the parts of one record, and their length together. */
export interface Encoded {
  readonly parts: readonly [Buffer, Buffer];
  readonly bytes: number;
}

/**
 * A record: header, then a payload of one line of JSON that describes the body, then the body as it is.
 * The checksum begins from the segment's salt, so that no body can hold what would pass for a record.
 */
export function encode({ source, protocol, received, head, body }: Entry, salt: number): Encoded {
  const line = `${JSON.stringify({ source, protocol, received, head })}\n`;
  const front = Buffer.allocUnsafe(HEADER_BYTES + Buffer.byteLength(line));
  front.write(line, HEADER_BYTES);
  const length = front.length - HEADER_BYTES + body.length;
  front.writeUInt32LE(length, 0);
  front.writeUInt32LE(crc32(body, crc32(front.subarray(HEADER_BYTES), salt)), 4);
  return { parts: [front, body], bytes: HEADER_BYTES + length };
}

/** A good record, or bytes that are none. */
export type Found =
  | { readonly offset: number; readonly end: number; readonly entry: Entry }
  | { readonly offset: number; readonly end: number; readonly entry: undefined };

/** Goes over the bytes of a segment: its records, and between them what is damaged. */
export function* recordsOf(bytes: Buffer, salt: number): Generator<Found, void> {
  let offset = 0;
  while (offset < bytes.length) {
    const end = goodEnd(bytes, offset, salt);
    if (end !== undefined) {
      yield { offset, end, entry: decode(bytes.subarray(offset + HEADER_BYTES, end)) };
      offset = end;
    } else {
      const next = nextGood(bytes, offset + 1, salt);
      yield { offset, end: next, entry: undefined };
      offset = next;
    }
  }
}

/** Where the record at an offset ends; undefined where no whole record with its checksum stands there. */
function goodEnd(bytes: Buffer, offset: number, salt: number): number | undefined {
  const start = offset + HEADER_BYTES;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUInt32LE(offset);
  if (end === start || end > bytes.length) return undefined;
  return crc32(bytes.subarray(start, end), salt) === bytes.readUInt32LE(offset + 4) ? end : undefined;
}

function nextGood(bytes: Buffer, from: number, salt: number): number {
  let found = bytes.indexOf(OPENING, from + HEADER_BYTES);
  while (found !== -1) {
    if (goodEnd(bytes, found - HEADER_BYTES, salt) !== undefined) return found - HEADER_BYTES;
    found = bytes.indexOf(OPENING, found + 1);
  }
  return bytes.length;
}

function decode(payload: Buffer): Entry {
  const cut = payload.indexOf('\n');
  const { source, protocol, received, head } = JSON.parse(payload.toString('utf8', 0, cut)) as Omit<Entry, 'body'>;
  return { source, protocol, received, head, body: payload.subarray(cut + 1) };
}
