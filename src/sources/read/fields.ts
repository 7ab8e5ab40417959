import type { Batch } from './batch.ts';

const escapes: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  '\\': '\\',
  '0': '\0',
  b: '\b',
  f: '\f',
};

/** A batch's records as texts, for files small enough to be held. */
export function fieldsOf(batch: Batch): string[][] {
  const text = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength).toString('utf8');
  const escaped = batch.format === 'TabSeparated';
  const separator = escaped ? '\t' : batch.delimiter;
  return text
    .split('\n')
    .slice(0, batch.rows)
    .map((line) =>
      line
        .replace(/\r$/, '')
        .split(separator)
        .map((field) => (escaped ? unescaped(field) : field)),
    );
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/gs, (whole, letter: string) => escapes[letter] ?? whole);
}
