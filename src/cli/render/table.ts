import Table from 'cli-table3';
import type { Row } from '../product.ts';
import { absent, count, money, percent, plain } from './numbers.ts';
import type { Paint } from './paint.ts';
import { clip, printable, widthOf } from './width.ts';

/** How the values of a column are shown: `auto` by their type, `id` a number that is a name, not a quantity. */
export type Kind = 'auto' | 'id' | 'rate' | 'money' | 'text';

export interface Column {
  /** Key of the value in a row. */
  readonly id: string;
  readonly title: string;
  readonly kind?: Kind;
  /** Kind of the value in a row, where rows differ. */
  kindOf?(row: Row): Kind;
}

const widest = 60;

const lines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

function cell(value: unknown, kind: Kind): string {
  if (value === null || value === undefined) return absent;
  if (typeof value === 'number') return number(value, kind);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return clip(printable(text), widest);
}

function number(value: number, kind: Kind): string {
  if (kind === 'rate') return percent(value);
  if (kind === 'money') return money(value);
  if (kind === 'id' || kind === 'text') return String(value);
  return Number.isInteger(value) ? count(value) : plain(value);
}

function isNumeric(rows: readonly Row[], id: string): boolean {
  const values = rows.map((row) => row[id]).filter((value) => value !== null && value !== undefined);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** Rows in columns: texts to the left, numbers to the right, a rule under the titles. */
export function table(columns: readonly Column[], rows: readonly Row[], paint: Paint): string {
  const made = new Table({
    head: columns.map(({ title }) => paint.strong(title)),
    chars: { ...lines },
    colAligns: columns.map(({ id, kind }) => (kind !== 'text' && isNumeric(rows, id) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows)
    made.push(columns.map(({ id, kind, kindOf }) => cell(row[id], kindOf?.(row) ?? kind ?? 'auto')));
  const [head = '', ...body] = made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const width = Math.max(...[head, ...body].map(widthOf));
  return `${[head, paint.faint('─'.repeat(width)), ...body].join('\n')}\n`;
}
