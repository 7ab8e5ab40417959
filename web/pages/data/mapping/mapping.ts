import type { ContractEntity, Recognised } from '../../../../src/api/data.ts';

/** A mapping as the API takes it: which columns of a file are which columns of the contract. */
export type Mapping = NonNullable<Recognised['mapping']>;

/** How one column of the contract comes from a file's columns; what the form does not know stays as it is. */
export interface Rule {
  readonly column?: string | readonly string[];
  readonly constant?: string;
  readonly join?: { readonly columns: readonly string[]; readonly by: string };
  readonly multiply?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  readonly format?: string;
  readonly zone?: string;
  readonly empty?: string;
  readonly [more: string]: unknown;
}

export const ways = ['none', 'column', 'constant', 'join'] as const;
export type Way = (typeof ways)[number];

/** Parts of a mapping that the API knows; a preset has a name and a title besides. */
const parts: ReadonlySet<string> = new Set(['entity', 'source', 'headers', 'headless', 'withheld', 'columns']);
/** Parts of a rule that the form shows. */
const simple: ReadonlySet<string> = new Set(['column', 'constant', 'join', 'values', 'format', 'zone', 'empty']);

/** What was recognised, as a mapping of one's own. */
export function ownMapping(mapping: Mapping): Mapping {
  const { entity, columns, ...rest } = mapping;
  const known = Object.entries(rest).filter(([name, value]) => parts.has(name) && value !== undefined);
  return { entity, ...Object.fromEntries(known), columns };
}

/** A cell of a mapping, which may be the name of a column only. */
export function ruleOf(cell: unknown): Rule {
  if (typeof cell === 'string') return { column: cell };
  return typeof cell === 'object' && cell !== null ? (cell as Rule) : {}; // as: the API checks what is in it
}

export function wayOf(rule: Rule): Way {
  if (rule.constant !== undefined) return 'constant';
  if (rule.join !== undefined) return 'join';
  return rule.column !== undefined || rule.multiply !== undefined ? 'column' : 'none';
}

/** Columns of the file that a cell takes its text from. */
export function columnsTaken(cell: unknown): string[] {
  const { column, join, multiply } = ruleOf(cell);
  const own = column === undefined ? [] : [column].flat();
  return [...own, ...(join?.columns ?? []), ...(multiply ?? [])].map(String);
}

/** Whether a cell says more than the form can show. */
export function isFine(cell: unknown): boolean {
  return Object.keys(ruleOf(cell)).some((name) => !simple.has(name));
}

/** A rule filled in another way; what it says of values and times stays. */
export function inWay(rule: Rule, way: Way): Rule {
  const { column: _, constant: __, join: ___, multiply: ____, ...rest } = rule;
  if (way === 'column') return { ...rest, column: '' };
  if (way === 'constant') return { constant: '' };
  if (way === 'join') return { ...rest, join: { columns: columnsTaken(rule), by: ' ' } };
  return {};
}

/** A mapping with another rule for a column; a rule that takes nothing leaves the column out. */
export function withRule(mapping: Mapping, name: string, rule: Rule): Mapping {
  const { [name]: _, ...others } = mapping.columns;
  const said = Object.entries(rule).filter(([, value]) => value !== undefined);
  const plain = said.length === 1 && typeof rule.column === 'string';
  if (said.length === 0) return { ...mapping, columns: others };
  return { ...mapping, columns: { ...mapping.columns, [name]: plain ? rule.column : Object.fromEntries(said) } };
}

/** A mapping as it may be sent: without cells that are begun and say nothing yet. */
export function sendable(mapping: Mapping): Mapping {
  const said = Object.entries(mapping.columns).filter(([name, cell]) => {
    if (name === 'id_') return false;
    const rule = ruleOf(cell);
    if (rule.column !== undefined) return [rule.column].flat().some((column) => column !== '');
    if (rule.join !== undefined) return rule.join.columns.length > 0;
    return rule.constant !== '' || rule.multiply !== undefined;
  });
  return { ...mapping, columns: Object.fromEntries(said) };
}

/** What a mapping still lacks: required columns, and whether nothing tells who a row is about. */
export function lackOf(mapping: Mapping, entity: ContractEntity): { columns: string[]; who: boolean } {
  const { columns, headless } = sendable(mapping);
  const filled = new Set(Object.keys(columns));
  const required = entity.columns.filter((column) => column.required && !filled.has(column.name));
  const isNamed = [...filled].some((name) => name.startsWith('id_'));
  if (headless === true) return { columns: [], who: false };
  return { columns: required.map(({ name }) => name), who: entity.personal && !isNamed };
}
