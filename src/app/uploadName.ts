const MOST_BYTES = 255;
const fallback = 'file';

/** What shows nothing, ends a line, or turns the direction of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A file's own name as it may stand on a disk and in a report: no folders, nothing unseen, at most 255 bytes. */
export function safeName(given: string): string {
  const base = given.split(/[/\\]/).at(-1) ?? '';
  const plain = base.replace(unseen, '').trim();
  const name = /^\.*$/.test(plain) ? fallback : plain;
  return clipped(name);
}

/** A name that is too long loses the end of its stem, not its extension. */
function clipped(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const [extension = ''] = /(\.[a-z0-9]{1,10}){0,2}$/i.exec(name) ?? [];
  let stem = '';
  for (const letter of name.slice(0, name.length - extension.length)) {
    if (Buffer.byteLength(stem) + Buffer.byteLength(letter) + extension.length > MOST_BYTES) break;
    stem += letter;
  }
  return `${stem}${extension}`;
}
