import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Refused } from '../protocol.ts';

/**
 * What undoes the compression of a body; undefined for one that is not compressed. Note: some clients send gzip without
 * saying so; no JSON begins with its two bytes.
 */
export function unpackerOf(encoding: string | undefined, first: Buffer): Transform | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return first[0] === 0x1f && first[1] === 0x8b ? createGunzip() : undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return isZlib(first) ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new Refused('shape', 'Content-Encoding names what is not taken here: send gzip, deflate, br or none.');
  }
}

/** RFC 1950 begins with 8 in the lower half of its first byte, and the first two are a multiple of 31. */
function isZlib(first: Buffer): boolean {
  return ((first[0] ?? 0) & 0x0f) === 8 && first.length > 1 && first.readUInt16BE(0) % 31 === 0;
}
