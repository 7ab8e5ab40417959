import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { fieldsOf } from '../../sources/read/fields.ts';
import { openSource } from '../../sources/read/open.ts';

/** Values handed on at once. */
const PAGE = 10_000;

/** The values of one column of a file, a page at a time; a first line that holds a digit is no header. */
export async function* valuesIn(path: string, column: string | undefined): AsyncIterable<string[]> {
  const source = await openSource(path);
  const { columns } = source;
  const place = column === undefined ? 0 : columns.indexOf(column);
  const header = columns[place];
  if (header === undefined)
    throw new InputError('list_column', say('list.column', { column: column ?? '', columns: columns.join(', ') }));
  let page: string[] = column === undefined && /[0-9]/.test(header) ? [header] : [];
  for await (const batch of source.batches()) {
    const at = batch.columns.indexOf(header);
    for (const row of fieldsOf(batch)) {
      page.push(row[at] ?? '');
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}
