import { InputError } from '../base/errors.ts';
import { empty, type Fragment, join, sql } from '../warehouse/sql.ts';
import type { Cell } from './mapping.ts';

/** The trimmed text of a file's column; the empty text where the file has no such column. */
export type ColumnText = (column: string) => Fragment;

/** The text of a cell of the contract, by its mapping rule, as SQL over a file's columns. */
export function cellText(rule: Cell, text: ColumnText): Fragment {
  if (typeof rule === 'string') return text(rule);
  const plain = finish(rule, base(rule, text));
  return rule.when ? sql`if(${condition(rule.when, text)}, ${plain}, '')` : plain;
}

type Rule = Exclude<Cell, string>;

function base(rule: Rule, text: ColumnText): Fragment {
  if (rule.constant !== undefined) return sql`${rule.constant}`;
  if (rule.multiply) {
    const [left, right] = rule.multiply;
    const product = sql`toDecimal128OrNull(${text(left)}, 6) * toDecimal128OrNull(${text(right)}, 6)`;
    return sql`ifNull(toString(${rule.absolute ? sql`abs(${product})` : product}), '')`;
  }
  const columns = [rule.column ?? []].flat();
  if (columns.length === 0)
    throw new InputError('mapping_cell', 'A cell of the mapping names no column, no constant and no product.');
  const found = columns.map(text);
  const first = found.length === 1 ? (found[0] ?? empty) : sql`arrayFirst(x -> x != '', [${join(found, ', ')}])`;
  return rule.absolute ? sql`ifNull(toString(abs(toDecimal128OrNull(${first}, 6))), '')` : first;
}

function finish(rule: Rule, value: Fragment): Fragment {
  const words = Object.entries(rule.values ?? {});
  const mapped =
    words.length === 0
      ? value
      : sql`transform(${value}, ${words.map(([from]) => from)}, ${words.map(([, to]) => to)}, ${value})`;
  const filled = rule.empty === undefined ? mapped : sql`if(${mapped} = '', ${rule.empty}, ${mapped})`;
  return rule.prefix === undefined ? filled : sql`if(${filled} = '', '', concat(${rule.prefix}, ${filled}))`;
}

function condition(rule: NonNullable<Rule['when']>, text: ColumnText): Fragment {
  const value = text(rule.column);
  const tests: Fragment[] = [];
  if (rule.starts !== undefined) tests.push(sql`startsWith(${value}, ${rule.starts})`);
  if (rule.not_starts !== undefined) tests.push(sql`NOT startsWith(${value}, ${rule.not_starts})`);
  if (rule.in !== undefined) tests.push(sql`${value} IN ${rule.in}`);
  if (rule.above !== undefined) tests.push(sql`ifNull(toFloat64OrNull(${value}), 0) > ${rule.above}`);
  if (rule.empty !== undefined) tests.push(rule.empty ? sql`${value} = ''` : sql`${value} != ''`);
  return tests.length === 0 ? sql`1` : join(tests, ' AND ');
}
