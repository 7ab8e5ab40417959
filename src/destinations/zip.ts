import { zipSync } from 'fflate';

/** Any moment that a ZIP knows: the same content is the same file. */
const MOMENT = new Date(1990, 0, 1);

/** A ZIP of one file: what platforms take lists of identifiers in. */
export function zipped(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync({ [name]: content }, { mtime: MOMENT }));
}
