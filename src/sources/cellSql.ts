import { InputError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import { empty, type Fragment, join, sql } from '../warehouse/sql.ts';
import { decimal } from './kindSql.ts';
import type { Cell } from './mapping.ts';

/** The trimmed text of a file's column; the empty text where the file has no such column. */
export type ColumnText = (column: string) => Fragment;

/** The text of a cell of the contract, by its mapping rule, as SQL over a file's columns. */
export function cellText(rule: Cell, text: ColumnText): Fragment {
  if (typeof rule === 'string') return text(rule);
  const plain = finish(rule, base(rule, text));
  return rule.when ? sql`if(${condition(rule.when, text)}, ${plain}, ${rule.otherwise ?? ''})` : plain;
}

type Rule = Exclude<Cell, string>;

function base(rule: Rule, text: ColumnText): Fragment {
  if (rule.constant !== undefined) return sql`${rule.constant}`;
  const found = rule.multiply ? product(rule.multiply.map(text)) : written(rule, text);
  const bare = rule.undress ? undressed(found) : found;
  return rule.absolute ? sql`ifNull(toString(abs(${decimal(bare)})), ${bare})` : bare;
}

function written(rule: Rule, text: ColumnText): Fragment {
  if (rule.join) {
    const parts = join(rule.join.columns.map(text), ', ');
    return sql`arrayStringConcat(arrayFilter(x -> x != '', [${parts}]), ${rule.join.by})`;
  }
  const columns = [rule.column ?? []].flat();
  if (columns.length === 0) throw new InputError('mapping_cell', say('mapping.cell'));
  const found = columns.map(text);
  return found.length === 1 ? (found[0] ?? empty) : sql`arrayFirst(x -> x != '', [${join(found, ', ')}])`;
}

/** Both numbers below 10^12, so that the product fits; two texts that are no such numbers give a text that is none. */
function product([left = empty, right = empty]: Fragment[]): Fragment {
  const small = (text: Fragment) => sql`if(abs(${decimal(text)}) < 1000000000000, ${decimal(text)}, NULL)`;
  return sql`multiIf(${left} = '' OR ${right} = '', '',
    ifNull(toString(${small(left)} * ${small(right)}), concat(${left}, ' × ', ${right})))`;
}

function undressed(value: Fragment): Fragment {
  return sql`replaceRegexpOne(${value}, '^(?s)[\\\\s]*(?:="|''|=)?(.*?)"?[\\\\s]*$', '\\\\1')`;
}

function finish(rule: Rule, value: Fragment): Fragment {
  const end = rule.ending;
  const cut =
    end === undefined
      ? value
      : sql`if(endsWith(${value}, ${end}), substring(${value}, 1, length(${value}) - length(${end})), ${value})`;
  const seen = rule.masked === undefined ? cut : sql`if(position(${cut}, '*') > 0, ${rule.masked}, ${cut})`;
  const words = Object.entries(rule.values ?? {});
  const mapped =
    words.length === 0
      ? seen
      : sql`transform(${seen}, ${words.map(([from]) => from)}, ${words.map(([, to]) => to)}, ${seen})`;
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
