import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { fieldsOf } from '../../sources/read/fields.ts';
import { openSource } from '../../sources/read/open.ts';

/** Values handed on at once. */
const PAGE = 10_000;

/** The values of one column of a file. */
export interface Values {
  readonly column: string;
  /** Every column of the file. */
  readonly columns: readonly string[];
  /** The values, a page at a time. */
  readonly pages: AsyncIterable<string[]>;
  /** Lines that had too many fields or too few, once every page is read. */
  broken(): number;
}

/** Opens a column of a file, the first where none is named; a first line that holds a digit is no header then. */
export async function openValues(path: string, column: string | undefined): Promise<Values> {
  const source = await openSource(path);
  const { columns } = source;
  const place = column === undefined ? 0 : columns.indexOf(column);
  const header = columns[place];
  if (header === undefined && column !== undefined)
    throw new InputError('list_column', say('list.column', { column, columns: columns.join(', ') }));
  if (header === undefined) throw new InputError('list_empty', say('list.nothing'));
  let broken = 0;
  async function* pages(): AsyncIterable<string[]> {
    let page: string[] = column === undefined && /[0-9]/.test(header ?? '') ? [header ?? ''] : [];
    for await (const batch of source.batches()) {
      broken += batch.broken.length;
      const at = batch.columns.indexOf(header ?? '');
      for (const row of fieldsOf(batch)) {
        page.push(row[at] ?? '');
        if (page.length < PAGE) continue;
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  }
  return { column: header, columns, pages: pages(), broken: () => broken };
}
