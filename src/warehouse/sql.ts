import { bindable, typeOf } from './values.ts';

/** SQL text with its values beside it, ready to send. */
export interface Sql {
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Value {
  readonly value: unknown;
  readonly type: string;
}

type Part = string | Value;

/** A piece of SQL: made by the `sql` tag only, spliced into others. */
export class Fragment {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }
}

class Typed implements Value {
  readonly value: unknown;
  readonly type: string;

  constructor(value: unknown, type: string) {
    this.value = value;
    this.type = type;
  }
}

/** A value with the ClickHouse type that JavaScript cannot show: `as(day, 'Date')`. */
export function as(value: unknown, type: string): unknown {
  return new Typed(value, type);
}

/** Tagged template: `${value}` becomes a bound, typed parameter; a fragment is spliced. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Fragment {
  const parts: Part[] = [strings[0] ?? ''];
  values.forEach((value, i) => {
    if (value instanceof Fragment) parts.push(...value.parts);
    else if (value instanceof Typed) parts.push(value);
    else parts.push({ value, type: typeOf(value) });
    parts.push(strings[i + 1] ?? '');
  });
  return new Fragment(parts);
}

export const empty = new Fragment([]);

/** Fragments with a separator between: `join(columns, ', ')`. The separator is a constant of the code. */
export function join(
  fragments: readonly Fragment[],
  separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL ' | ' + ',
): Fragment {
  return new Fragment(fragments.flatMap((f, i) => (i === 0 ? f.parts : [separator, ...f.parts])));
}

/** A column or table name; anything but a plain identifier is refused. */
export function id(name: string): Fragment {
  if (!/^[a-z_][a-z0-9_]*$/i.test(name)) throw new TypeError(`not an identifier: ${name}`);
  return new Fragment([`\`${name}\``]);
}

/** Names every value `p1`, `p2`...; an equal value of the same type shares its name. */
export function compile(fragment: Fragment): Sql {
  const params: Record<string, unknown> = {};
  const names = new Map<string, string>();
  const text = fragment.parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = bindable(part.value, part.type);
    const key = `${part.type}\u0000${JSON.stringify(value, distinct)}`;
    const name = names.get(key) ?? `p${names.size + 1}`;
    names.set(key, name);
    params[name] = value;
    return `{${name}:${part.type}}`;
  });
  return { text: text.join(''), params };
}

/** Tells apart what JSON writes alike. */
function distinct(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { integer: `${value}` };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { number: `${value} ${1 / value}` };
  return value;
}
