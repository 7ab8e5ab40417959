import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Encodings a text file may stand in. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

/**
 * Encoding of a text by its first bytes: UTF-16LE by its mark (Excel's "Unicode text"), else UTF-8 when its
 * bytes fit, but for a damaged one here and there, else GB18030, which contains GBK and GB2312.
 */
export function detectEncoding(sample: Uint8Array): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  return fitsUtf8(sample.subarray(0, sample.length - cutCharacter(sample))) ? 'utf-8' : 'gb18030';
}

/** Whether bytes are UTF-8, or would be but for fewer than one in twenty of their characters beyond ASCII. */
function fitsUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  let wide = 0;
  let damaged = 0;
  for (const character of new TextDecoder().decode(bytes)) {
    if (character > '\x7f') wide += 1;
    if (character === '\ufffd') damaged += 1;
  }
  return damaged * 20 < wide;
}

/** Bytes of a UTF-8 character that the end of `bytes` cuts in two; 0 where it ends between characters. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Pieces of text in any encoding as pieces of valid UTF-8; a character cut between two pieces comes out whole. */
export function asUtf8(pieces: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  return encoding === 'utf-8' ? checked(pieces) : transcoded(pieces, new TextDecoder(encoding));
}

async function* transcoded(pieces: AsyncIterable<Uint8Array>, decoder: TextDecoder): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/**
 * Bytes that are no UTF-8 become U+FFFD; but where all before them was ASCII, the first look at the file could not tell
 * its encoding, and they and the rest are read as GB18030.
 */
async function* checked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const late = new TextDecoder('gb18030');
  let held: Uint8Array = new Uint8Array(0);
  let state: 'ascii' | 'utf-8' | 'gb18030' = 'ascii';
  for await (const piece of pieces) {
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const end: number = state === 'gb18030' ? bytes.length : bytes.length - cutCharacter(bytes);
    const text: Uint8Array = bytes.subarray(0, end);
    if (state === 'ascii' && !isAscii(text)) state = fitsUtf8(text) ? 'utf-8' : 'gb18030';
    held = Uint8Array.from(bytes.subarray(state === 'gb18030' ? bytes.length : end));
    if (state === 'gb18030') yield Buffer.from(late.decode(bytes, { stream: true }));
    else yield isUtf8(text) ? text : Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text));
  }
  yield Buffer.from(state === 'gb18030' ? late.decode() : new TextDecoder().decode(held));
}
