/** Cuts and what they make of who is whom, by hand: a plain union over rows, to hold the product against. */
import { createHmac } from 'node:crypto';
import type { Cutting, NamedIdent } from '../../src/identity/cuts.ts';
import { consumersOf, normalised } from '../oracle/identity.ts';
import type { Cells, Home } from './home.ts';

/** Strongest first. */
export const types = ['user', 'phone', 'device'] as const;
export type Card = Partial<Record<(typeof types)[number], string>>;

/** One row of a file: who it names, in which batch it came, from which source. */
export interface Shown {
  readonly card: Card;
  readonly source: string;
  /** ISO moment of its import. */
  readonly at: string;
}

/** A cut as a person asks for it. */
export type Asked =
  | { readonly kind: 'identifier'; readonly identifier: string }
  | { readonly kind: 'pair'; readonly pair: readonly [string, string] }
  | Extract<Cutting, { kind: 'source' | 'time' }>;

export function rowOf({ user = '', phone = '', device = '' }: Card): Cells {
  return { event_time: '2026-06-20', behavior: 'cart', id_user: user, id_phone: phone, id_device: device };
}

const namesOf = (card: Card): string[] =>
  types.flatMap((type) => {
    const value = normalised(`id_${type}`, card[type] ?? '');
    return value === '' ? [] : [`${type}:${value}`];
  });

/** Things by what is said of them, in the order they are met. */
export function grouped<T>(things: readonly T[], by: (thing: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const each of things) groups.set(by(each), [...(groups.get(by(each)) ?? []), each]);
  return [...groups.values()];
}

/** Identifiers by consumer, in order of their names; those that belong to nobody are in none. */
export function partitionByHand(rows: readonly Shown[], cuts: readonly Asked[]): string[][] {
  const { shared } = consumersOf(rows.map(({ card }) => rowOf(card)));
  const closed = new Set(cuts.flatMap((cut) => (cut.kind === 'identifier' ? [cut.identifier] : [])));
  const links = (name: string) => !closed.has(name) && !shared.has(name.replace(/^/, 'id_'));
  const cards = new Map<string, { names: string[]; isBelieved: boolean }>();
  for (const row of rows) {
    const names = namesOf(row.card);
    const known = cards.get(names.join(' '));
    const isBelieved = (known?.isBelieved ?? false) || !cuts.some((cut) => doubts(cut, row));
    cards.set(names.join(' '), { names, isBelieved });
  }
  const above = new Map<string, string>();
  const rootOf = (name: string): string => (above.get(name) === name ? name : rootOf(above.get(name) ?? name));
  for (const { names, isBelieved } of cards.values()) {
    const open = names.filter(links);
    const kept = isBelieved || names.length === 1 ? withoutPairs(open, cuts) : open.slice(0, 1);
    for (const name of kept) if (!above.has(name)) above.set(name, name);
    for (const name of kept.slice(1)) above.set(rootOf(name), rootOf(kept[0] ?? name));
  }
  return grouped([...above.keys()], rootOf).map((names) => names.toSorted());
}

function doubts(cut: Asked, { source, at }: Shown): boolean {
  if (cut.kind === 'source') return cut.source === source;
  return cut.kind === 'time' && at >= cut.from && (cut.source ?? source) === source;
}

function withoutPairs(names: readonly string[], cuts: readonly Asked[]): string[] {
  const kept: string[] = [];
  for (const name of names) {
    const isParted = cuts.some(
      (cut) => cut.kind === 'pair' && cut.pair.includes(name) && kept.some((each) => cut.pair.includes(each)),
    );
    if (!isParted) kept.push(name);
  }
  return kept;
}

/** Names as the home shows them: a personal one by the first half of its keyed hash. */
export function shownIn(home: Home, partition: readonly (readonly string[])[]): string[][] {
  const key = Buffer.from(home.context.keys.identifier, 'hex');
  const shown = (name: string) => {
    const [type = '', value = ''] = name.split(':');
    if (type === 'user') return name;
    return `${type}:${createHmac('sha256', key).update(`${type}\u001f\u001f${value}`).digest('hex').slice(0, 32)}`;
  };
  return partition.map((names) => names.map(shown).toSorted()).toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The cut with its identifiers found. */
export async function cuttingOf(asked: Asked, find: (name: string) => Promise<NamedIdent>): Promise<Cutting> {
  if (asked.kind === 'identifier') return { kind: 'identifier', identifier: await find(asked.identifier) };
  if (asked.kind === 'pair') return { kind: 'pair', pair: [await find(asked.pair[0]), await find(asked.pair[1])] };
  return asked;
}
