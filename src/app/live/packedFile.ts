import type { Mapping } from '../../sources/mapping.ts';
import type { Batch, Source } from '../../sources/read/batch.ts';
import { rowJson } from '../../sources/read/row-batch.ts';
import { lineTexts } from '../../sources/read/tab-separated.ts';
import { type Packed, type PackedBatch, PROPS } from './group.ts';

/** Every column by its own name; what the entity does not have never gets here but as an identifier. */
export function mappingOf({ entity, columns }: Packed): Mapping {
  const names = columns.filter((name) => name !== PROPS);
  return { entity, props: PROPS, columns: Object.fromEntries(names.map((name) => [name, name])) };
}

/** Live rows as a file that is read without a file. */
export function fileOf({ columns, size, batches }: Packed): Source {
  return {
    format: 'csv',
    encoding: 'utf-8',
    compressed: false,
    size,
    columns,
    sample: [],
    async *batches() {
      for (const batch of batches) yield unpacked(batch, columns);
    },
  };
}

function unpacked({ bytes, rows, lines, broken }: PackedBatch, columns: readonly string[]): Batch {
  let texts: readonly string[] | undefined;
  const textOf = (i: number) => {
    texts ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n');
    return texts[i] ?? '';
  };
  const raw = (i: number) => rowJson(columns, lineTexts(textOf(i)));
  return { format: 'TabSeparated', delimiter: '\t', bytes, rows, columns, lines, raw, broken, position: rows };
}
