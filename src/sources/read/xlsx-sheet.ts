import { SaxesParser } from 'saxes';
import { columnOf, numberText, type Shown, serialText, unescapeText } from './xlsx-cell.ts';

/** What a workbook says about the cells of all its sheets. */
export interface CellContext {
  /** Texts that cells name by number. */
  readonly strings: readonly string[];
  /** How each cell style shows a number. */
  readonly shown: readonly Shown[];
  /** The year in which serial dates begin. */
  readonly system: 1900 | 1904;
}

/** A row of a sheet: Excel's number of it, and the cells' texts from column A on. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a sheet from the pieces of its XML, blank ones left out; memory does not grow with the sheet. */
export async function* sheetRows(xml: AsyncIterable<Buffer>, context: CellContext): AsyncGenerator<SheetRow[]> {
  const decoder = new TextDecoder();
  const ready: SheetRow[] = [];
  const parser = rowParser(context, (row) => ready.push(row));
  for await (const piece of xml) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (ready.length > 0) yield ready.splice(0);
  }
  parser.close();
}

function rowParser(
  context: CellContext,
  emit: (row: SheetRow) => void,
): SaxesParser<{ position: false; xmlns: false }> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let line = 0;
  let column = -1;
  let cells: string[] = [];
  let type = '';
  let style = 0;
  let text = '';
  let reading = false;
  let phonetic = false;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag = localName(name);
    if (tag === 'row') {
      line = attributes.r === undefined ? line + 1 : Number(attributes.r);
      column = -1;
      cells = [];
    } else if (tag === 'c') {
      column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
      type = attributes.t ?? 'n';
      style = Number(attributes.s ?? 0);
      text = '';
    } else if (tag === 'rPh') phonetic = true;
    else if (tag === 'v' || tag === 't') reading = !phonetic;
  });
  parser.on('text', (piece) => {
    if (reading) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const tag = localName(name);
    if (tag === 'v' || tag === 't') reading = false;
    else if (tag === 'rPh') phonetic = false;
    else if (tag === 'c' && text !== '') {
      while (cells.length < column) cells.push('');
      cells[column] = cellText(text, type, context.shown[style] ?? 'number', context);
    } else if (tag === 'row' && cells.some((cell) => cell !== '')) emit({ line, cells });
  });
  return parser;
}

/** Text of a cell by its type (ECMA-376 18.18.11). */
function cellText(value: string, type: string, shown: Shown, context: CellContext): string {
  if (type === 's') return context.strings[Number(value)] ?? '';
  if (type === 'b') return value.trim() === '1' ? 'true' : 'false';
  if (type === 'd') return value.replace('T', ' ').replace(/( 00:00:00)?(\.0+)?Z?$/, '');
  if (type !== 'n') return unescapeText(value);
  return shown === 'number' || !(Number(value) >= 0)
    ? numberText(value)
    : serialText(Number(value), shown, context.system);
}

/** Name of a tag without the prefix that some writers give it. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
