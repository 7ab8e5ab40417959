import type { LinkReport } from '../api/links.ts';
import { type LinkingCard, shortestChain } from '../identity/chain.ts';
import { keptOn } from '../identity/cuts.ts';
import { whosOf } from '../identity/people.ts';
import { strengthOf } from '../identity/strength.ts';
import { typeOf } from '../identity/types.ts';
import type { Context } from '../intake/context.ts';
import { severedNow } from '../intake/cutLedger.ts';
import { byNumber, type Numbered } from '../intake/runs.ts';
import { type Fragment, sql } from '../warehouse/sql.ts';
import { findConsumer, ownersOf } from './consumer.ts';

/** Cards that are listed; a way is looked for over so many more. */
const LISTED = 200;
const WALKED = 100_000;

interface Identifier {
  readonly ident: string;
  readonly type: string;
  readonly value: string;
  readonly isShared: boolean;
}

interface CardRow {
  readonly who: string;
  /** The strongest first. */
  readonly idents: readonly string[];
  readonly file: number;
  readonly line: number;
  readonly rows: number;
  /** A file that cuts believe shows it. */
  readonly isBelieved: boolean;
}

/** A consumer's cards with what each links, under the cuts in force. */
interface Known {
  readonly identifiers: ReadonlyMap<string, Identifier>;
  readonly cut: ReadonlySet<string>;
  readonly cards: readonly CardRow[];
  linkingOf(card: CardRow): string[];
}

/** Why identifiers are one consumer: the cards that show them together, and the shortest way from one to another. */
export async function explainLink(context: Context, asked: string, to?: string): Promise<LinkReport> {
  const consumer = await findConsumer(context, asked);
  const known = await knownOf(context, consumer);
  const name = nameOf(known);
  const seen = await seenIn(context);
  return {
    consumer,
    identifiers: [...known.identifiers.values()].map((each) => ({
      name: name(each.ident),
      personal: typeOf(context.keys.identity, each.type).personal,
      shared: each.isShared,
      cut: known.cut.has(each.ident),
    })),
    cards: known.cards.slice(0, LISTED).map((card) => ({
      identifiers: card.idents.map(name),
      linking: known.linkingOf(card).map(name),
      ...seen(card),
      rows: card.rows,
    })),
    more: Math.max(0, known.cards.length - LISTED),
    chain: to === undefined ? null : await chainOf(context, known, { asked, to, name, seen }),
  };
}

const nameOf =
  ({ identifiers }: Known) =>
  (ident: string) => {
    const found = identifiers.get(ident);
    return found ? `${found.type}:${found.value}` : '';
  };

type Seen = Awaited<ReturnType<typeof seenIn>>;

/** Where a card was seen: source, file, first line, and when that file was brought. */
async function seenIn({ registry }: Context) {
  const files = await registry.rows<
    Numbered & { name: string; source: string | null; at: string } & Record<string, unknown>
  >(
    'SELECT f.id, f.numbers, f.name, f.source, i.started_at AS at FROM import_file f JOIN import i ON i.id = f.import_id',
  );
  const find = byNumber(files);
  return ({ file, line }: { readonly file: number; readonly line: number }) => {
    const { name, source, at } = find(file) ?? { name: `file ${file}`, source: '', at: '' };
    return { source: source ?? '', file: name, line, first_seen: at };
  };
}

async function chainOf(
  context: Context,
  known: Known,
  { asked, to, name, seen }: { asked: string; to: string; name: (ident: string) => string; seen: Seen },
): Promise<LinkReport['chain']> {
  const cards = new Map(known.cards.map((card) => [card.who, card]).toReversed() as Array<[string, CardRow]>);
  const linking = [...cards.values()].map((card): LinkingCard => ({ who: card.who, linking: known.linkingOf(card) }));
  const meant = await meantBy(context, known, asked);
  const from = meant.length > 0 ? meant : [...known.identifiers.keys()].slice(0, 1);
  const way = shortestChain(linking, from, await meantBy(context, known, to));
  if (!way) return null;
  return way.map((step) => ({
    from: name(step.from),
    to: name(step.to),
    ...seen(cards.get(step.who) ?? { file: 0, line: 0 }),
  }));
}

/** Identifiers of the consumer that a text names: as it is shown, or as it was brought. */
async function meantBy(context: Context, known: Known, text: string): Promise<string[]> {
  const name = nameOf(known);
  const shown = [...known.identifiers.keys()].filter((each) => name(each) === text);
  if (shown.length > 0) return shown;
  const owners = await ownersOf(context, text);
  return owners.map(({ ident }) => ident).filter((each) => known.identifiers.has(each));
}

const ofConsumer = (consumer: number): Fragment => sql`who IN ${whosOf(consumer)}`;

async function knownOf(context: Context, consumer: number): Promise<Known> {
  const { warehouse, registry, keys } = context;
  const severed = await severedNow(registry);
  const strength = (type: string) => strengthOf(keys.identity, type);
  const found = await warehouse.rows<{ ident: string; type: string; value: string; shared: number }>(sql`
    SELECT toString(ident) AS ident, type, value, ident IN (SELECT ident FROM shared FINAL WHERE people > 0) AS shared
    FROM identifiers FINAL WHERE ident IN (SELECT DISTINCT arrayJoin(idents) FROM cards WHERE ${ofConsumer(consumer)})
    ORDER BY identifiers.ident`);
  const ordered = found.toSorted((a, b) => strength(a.type) - strength(b.type));
  const identifiers = new Map(ordered.map(({ shared, ...each }) => [each.ident, { ...each, isShared: shared === 1 }]));
  const disbelieved = new Set(severed.files);
  const cut = new Set(severed.idents);
  const cards = await cardsOf(context, consumer, disbelieved);
  const place = new Map([...identifiers.keys()].map((ident, i) => [ident, i]));
  return {
    identifiers,
    cut,
    cards: cards.map((card) => ({
      ...card,
      idents: card.idents.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)),
    })),
    linkingOf: ({ idents, isBelieved }) => {
      const open = idents.filter((each) => !cut.has(each) && identifiers.get(each)?.isShared === false);
      return keptOn(open, isBelieved, severed.pairs);
    },
  };
}

/** A consumer's cards of two or more identifiers, a file at a time, in the order of files and lines. */
async function cardsOf({ warehouse }: Context, consumer: number, disbelieved: ReadonlySet<number>): Promise<CardRow[]> {
  const rows = await warehouse.rows<Omit<CardRow, 'isBelieved'>>(sql`
    SELECT toString(c.who) AS who, arrayMap(x -> toString(x), any(c.idents)) AS idents, c.file AS file,
      min(c.line) AS line, sum(c.rows) AS rows
    FROM (SELECT * FROM cards WHERE length(idents) > 1 AND ${ofConsumer(consumer)}) AS c
    GROUP BY c.who, c.file ORDER BY file, line LIMIT ${WALKED}`);
  const believed = new Set(rows.filter(({ file }) => !disbelieved.has(file)).map(({ who }) => who));
  return rows.map((row) => ({ ...row, isBelieved: believed.has(row.who) }));
}
