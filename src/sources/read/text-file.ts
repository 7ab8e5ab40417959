import type { InputError } from '../../base/errors.ts';
import { asUtf8, type Encoding } from './encoding.ts';
import { openStored } from './stored.ts';

/** How a text file is stored. */
export interface TextForm {
  readonly path: string;
  readonly compressed: boolean;
  readonly encoding: Encoding;
}

/** A text file as UTF-8, read into buffers of the caller's. */
export interface TextFile {
  /** Fills `into` from `at` to its end and answers how many bytes came; fewer than fit only at the end of the file. */
  fill(into: Uint8Array, at: number): Promise<number>;
  /** Bytes of the file as stored that have been read so far. */
  position(): number;
  /** Why the text ended before its end, once it has. */
  fault(): InputError | undefined;
  close(): Promise<void>;
}

/** Opens a text file for one pass from its first byte. */
export function openText(form: TextForm): TextFile {
  const stored = openStored(form.path, form.compressed);
  const pieces = asUtf8(stored.pieces, form.encoding);
  let rest: Uint8Array = new Uint8Array(0);
  async function fill(into: Uint8Array, at: number): Promise<number> {
    let end = at;
    while (end < into.length) {
      if (rest.length === 0) {
        const next = await pieces.next();
        if (next.done === true) break;
        rest = next.value;
      }
      const take = Math.min(rest.length, into.length - end);
      into.set(rest.subarray(0, take), end);
      rest = rest.subarray(take);
      end += take;
    }
    return end - at;
  }
  return {
    fill,
    position: stored.position,
    fault: stored.fault,
    close: async () => {
      await pieces.return(undefined);
      await stored.pieces.return(undefined);
    },
  };
}

/** The first bytes of a text file as UTF-8, and whether they are all of it. */
export async function startOf(form: TextForm, bytes: number): Promise<{ text: Buffer; whole: boolean }> {
  const file = openText(form);
  try {
    const buffer = Buffer.alloc(bytes);
    const filled = await file.fill(buffer, 0);
    return { text: buffer.subarray(0, filled), whole: filled < bytes };
  } finally {
    await file.close();
  }
}
