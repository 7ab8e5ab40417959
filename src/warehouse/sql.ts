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

/** A table by its own name; on a cluster, the part of it on the shard that asks, or the whole of it. */
interface Place {
  readonly table: string;
  readonly whole: boolean;
}

/** A question that each shard of a cluster answers for its own consumers. */
interface Local {
  readonly local: Fragment;
}

/** A piece that finds nothing without any of these facts, and what stands for it then (`ifAny.ts`). */
interface Piece {
  readonly facts: readonly string[];
  readonly piece: Fragment;
  readonly otherwise: Fragment;
}

export type Part = string | Value | Place | Local | Piece;

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

/** A table of facts. Within `perConsumer` only the rows that lie with the consumers asked about, which are all it needs. */
export function own(table: string): Fragment {
  return new Fragment([{ table, whole: false }]);
}

/** A table of which `perConsumer` needs every row, whomever it belongs to. */
export function whole(table: string): Fragment {
  return new Fragment([{ table, whole: true }]);
}

/**
 * A table made by a question whose every row comes of one consumer's facts alone, and of tables named by `whole`: each
 * shard of a cluster answers it for its own consumers, and only what is asked of the answer travels. `SELECT`, without
 * parentheses.
 */
export function perConsumer(question: Fragment): Fragment {
  return new Fragment([{ local: question }]);
}

/** How tables are called where a statement runs. */
export interface Layout {
  own(table: string): string;
  whole(table: string): string;
  /** A question answered shard by shard, as a table. */
  perConsumer(question: string): string;
  /** How tables are called within such a question. */
  readonly inside: Layout;
}

/** One server, on which every table is whole. */
export const oneServer: Layout = {
  own: (table) => table,
  whole: (table) => table,
  perConsumer: (question) => `(${question})`,
  get inside() {
    return oneServer;
  },
};

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
export function compile(fragment: Fragment, layout: Layout = oneServer): Sql {
  const values = new Values();
  return { text: textOf(fragment, layout, values), params: values.params };
}

function textOf({ parts }: Fragment, layout: Layout, values: Values): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('local' in part) return layout.perConsumer(textOf(part.local, layout.inside, values));
      if ('facts' in part) return textOf(part.piece, layout, values);
      if ('table' in part) return part.whole ? layout.whole(part.table) : layout.own(part.table);
      return values.name(part);
    })
    .join('');
}

/** The values of a statement, each under its name. */
class Values {
  readonly params: Record<string, unknown> = {};
  readonly #names = new Map<string, string>();

  name({ value: given, type }: Value): string {
    const value = bindable(given, type);
    const key = `${type}\u0000${JSON.stringify(value, distinct)}`;
    const name = this.#names.get(key) ?? `p${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.params[name] = value;
    return `{${name}:${type}}`;
  }
}

/** Tells apart what JSON writes alike. */
function distinct(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { integer: `${value}` };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { number: `${value} ${1 / value}` };
  return value;
}
