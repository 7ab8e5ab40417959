import { type Entity, type EntityName, entities, entityNames } from '../../model/entities.ts';
import { timeProps } from '../clock.ts';
import { readJson, writeJson } from '../json.ts';
import { isObject, propsOf, textOf } from '../props.ts';
import type { LiveRow, Unreadable } from '../protocol.ts';
import { IdSheet, type Ids } from './message-ids.ts';
import { rawOf } from './message-json.ts';

/** How the rows of a body stand: one JSON a line, or one list of all. */
export type Form = 'lines' | 'list';

/** A row of a body: its line or place in the list, from 1. */
export interface Given {
  readonly row: number;
  readonly value: unknown;
  /** The row as it came. */
  raw(): string;
}

/** The rows of a body; undefined for a list that is no JSON. Empty lines are none. */
export function givenRows(text: string, form: Form): Given[] | undefined {
  if (form === 'list') {
    const list = readJson(text);
    return Array.isArray(list)
      ? list.map((value: unknown, index) => ({ row: index + 1, value, raw: () => rawOf(value) }))
      : undefined;
  }
  return text
    .split('\n')
    .map((line, index) => ({ row: index + 1, line }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ row, line }) => ({ row, value: readJson(line), raw: () => line }));
}

/** Why a row plainly cannot be taken, in the words that rejects use. */
export interface Fault {
  readonly column: string;
  readonly reason: 'json' | 'shape' | 'missing' | 'no_identifier';
}

export function faultOf(value: unknown, name: EntityName): Fault | undefined {
  if (value === undefined) return { column: '', reason: 'json' };
  if (!isObject(value)) return { column: '', reason: 'shape' };
  const entity = entities[name];
  const missing = entity.columns.find((each) => each.required && cellText(value[each.name]).trim() === '');
  if (missing) return { column: missing.name, reason: 'missing' };
  if (entity.personal && Object.keys(identifiersOf(value)).length === 0)
    return { column: 'id_', reason: 'no_identifier' };
  return undefined;
}

/** Where a request stands, and when it came. */
export interface Request {
  readonly place: string;
  readonly received: number;
}

/** The contract's rows of a body, and what is no row. */
export function* bulkRows(
  name: EntityName,
  given: readonly Given[],
  request: Request,
): Generator<LiveRow | Unreadable> {
  const lines = new Lines();
  for (const { row, value, raw } of given) {
    if (isObject(value)) yield rowOf(entities[name], value, row, request, lines);
    else yield { unreadable: value === undefined ? 'json' : 'shape', raw: raw() };
  }
}

/** Names of each entity's columns. */
const columns: ReadonlyMap<EntityName, ReadonlySet<string>> = new Map(
  entityNames.map((name) => [name, new Set(entities[name].columns.map((each) => each.name))]),
);

function rowOf(entity: Entity, value: JsonObject, row: number, request: Request, lines: Lines): LiveRow {
  const ids = identifiersOf(value);
  const known = columns.get(entity.name) ?? new Set();
  const fields = Object.entries(value);
  const own = fields.filter(([name]) => known.has(name)).map(([name, inner]) => [name, cellText(inner)]);
  const cells: Record<string, string> = Object.fromEntries(own);
  const rest = Object.fromEntries(fields.filter(([name]) => !known.has(name) && !isIdentifier(name)));
  nameRow(entity.name, cells, `${request.place}.${row}`, lines);
  const times = entity.name === 'events' ? timeProps({ received: request.received }) : {};
  return {
    entity: entity.name,
    cells: { ...cells, ...ids },
    props: { ...propsOf(rest, Object.values(ids)), ...times },
  };
}

/** Gives a row without a name of its own one that is the same however often the request is read. */
function nameRow(name: EntityName, cells: Record<string, string>, place: string, lines: Lines): void {
  if (name === 'events') cells.event_id = cells.event_id || place;
  if (name === 'reviews') cells.review_id = cells.review_id || place;
  if (name === 'orders') cells.line_id = cells.line_id || lines.next(cells.order_id ?? '', cells.item_id ?? '');
}

/** Names lines of orders that have none: the n-th of an item in its order, so that the same request replaces them. */
class Lines {
  private readonly seen = new Map<string, number>();

  next(order: string, item: string): string {
    const key = JSON.stringify([order, item]);
    const nth = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, nth);
    return `${item}#${nth}`;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

/** More identifier columns than this on one row are no row of the contract; the rest of them name nobody. */
const mostIdentifiers = 20;

const isIdentifier = (name: string) => /^\s*id_/i.test(name);

function identifiersOf(value: JsonObject): Ids {
  const ids = new IdSheet();
  const names = Object.keys(value).filter(isIdentifier);
  for (const name of names.slice(0, mostIdentifiers)) {
    const [, type] = /^id_([a-z0-9_]{1,60})(?:#\d+)?$/.exec(name.trim().toLowerCase()) ?? [];
    const inner = value[name];
    if (type !== undefined)
      for (const each of Array.isArray(inner) ? inner.slice(0, mostIdentifiers) : [inner]) ids.add(type, each);
  }
  return ids.done();
}

/** A value as the text of a cell: lists of plain values joined by `|` (contract §1), other nesting as JSON. */
function cellText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const plain = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
  return plain ? value.map(cellText).join('|') : writeJson(value);
}
