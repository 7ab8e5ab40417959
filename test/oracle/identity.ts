import type { Row } from './world.ts';

/** What deterministic identity makes of rows about people. */
export interface Consumers {
  /** Consumer of a row, numbered in order of appearance; a row that is unidentified is not in the map. */
  readonly consumerOf: ReadonlyMap<Row, number>;
  /** Identifiers (`type:value`) that the guard found shared. */
  readonly shared: ReadonlySet<string>;
}

/** Contract §4, "max_consumers (default 10)". */
const maxConsumers = 10;

/** "any *strong* type that is single-valued per person (`id_user`, `id_member`)" */
const singleValued = ['id_user', 'id_member'];

/** "Blocked values link nothing: empty, ... (any case), and one repeated character of six or more places" */
const blockedWords = ['', '0', '-', 'null', 'none', 'unknown', 'anonymous'];
const repeated = /^(.)\1{5,}$/u;

/** The row objects themselves are the keys: equal rows in two places are two rows. */
export function consumersOf(rows: readonly Row[]): Consumers {
  const shared = sharedAmong(rows);
  const linksOf = new Map(rows.map((row) => [row, identifiersOf(row).filter((id) => !shared.has(id))]));
  const rowsOf = new Map<string, Row[]>();
  for (const [row, links] of linksOf) for (const id of links) rowsOf.set(id, [...(rowsOf.get(id) ?? []), row]);

  const consumerOf = new Map<Row, number>();
  let consumers = 0;
  for (const [row, links] of linksOf) {
    if (consumerOf.has(row) || links.length === 0) continue;
    walk(row, consumers, { linksOf, rowsOf, consumerOf });
    consumers += 1;
  }
  return { consumerOf, shared };
}

/** "two rows belong to one consumer when a chain of shared identifiers (same type, same normalised value) links them" */
function walk(
  start: Row,
  consumer: number,
  graph: { linksOf: Map<Row, string[]>; rowsOf: Map<string, Row[]>; consumerOf: Map<Row, number> },
): void {
  const waiting = [start];
  const seen = new Set<string>();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    graph.consumerOf.set(row, consumer);
    for (const id of graph.linksOf.get(row) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const next of graph.rowsOf.get(id) ?? []) if (!graph.consumerOf.has(next)) waiting.push(next);
    }
  }
}

/**
 * "an identifier seen with more than `max_consumers` distinct values of any strong type that is single-valued per
 * person is shared". Our reading: seen with = in one row with; values that are blocked are not values.
 */
function sharedAmong(rows: readonly Row[]): Set<string> {
  const shared = new Set<string>();
  for (const type of singleValued) {
    const seenWith = new Map<string, Set<string>>();
    for (const row of rows) {
      const ids = identifiersOf(row);
      const value = ids.find((id) => id.startsWith(`${type}:`));
      if (value === undefined) continue;
      for (const id of ids) seenWith.set(id, (seenWith.get(id) ?? new Set()).add(value));
    }
    for (const [id, values] of seenWith) if (values.size > maxConsumers) shared.add(id);
  }
  return shared;
}

/** The identifiers of a row that are not blocked, as `type:value`. */
export function identifiersOf(row: Row): string[] {
  return Object.entries(row)
    .filter(([column]) => column.startsWith('id_'))
    .map(([type, raw]) => ({ type, value: normalised(type, raw) }))
    .filter(({ value }) => !isBlocked(value))
    .map(({ type, value }) => `${type}:${value}`);
}

/**
 * "`id_phone` is normalised to its digits, a leading 86 or 0086 before eleven digits dropped; `id_email` to lower
 * case, trimmed." Our reading: other types are trimmed.
 */
export function normalised(type: string, raw: string): string {
  if (type === 'id_phone') return raw.replace(/\D/g, '').replace(/^(0086|86)(?=\d{11}$)/, '');
  if (type === 'id_email') return raw.trim().toLowerCase();
  return raw.trim();
}

/** Told of the normalised value, so a phone of eleven ones is blocked however it is written. */
export function isBlocked(value: string): boolean {
  return blockedWords.includes(value.toLowerCase()) || repeated.test(value);
}
