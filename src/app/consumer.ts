import { InputError, NotFoundError } from '../base/errors.ts';
import { blocked, ident, normalised } from '../identity/identifier.ts';
import { whosOf } from '../identity/people.ts';
import { typeOf } from '../identity/types.ts';
import type { Context } from '../intake/context.ts';
import { byNumber, type Numbered } from '../intake/runs.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';
import type { ConsumerReport, ShownIdentifier, ShownLink, ShownMoment } from './reports.ts';
import { levelOfSpan, spansOfConsumer } from './stageHistory.ts';

const TIMELINE = 500;

/** One consumer: who it is and why, and what it did. `asked` is `type:value`, a value, or `#` and the consumer's number. */
export async function showConsumer(context: Context, asked: string): Promise<ConsumerReport> {
  const consumer = await findConsumer(context, asked);
  const [identifiers, links, timeline, profile, stages] = await Promise.all([
    identifiersOf(context, consumer),
    linksOf(context, consumer),
    timelineOf(context, consumer),
    profileOf(context, consumer),
    spansOfConsumer(context, consumer),
  ]);
  return { consumer, identifiers, links, timeline, profile, stages: stages.map(levelOfSpan) };
}

/** The number of the consumer that is meant; a value that several have must be given with its type. No fault repeats the value. */
export async function findConsumer(context: Context, asked: string): Promise<number> {
  const numbered = /^#(\d{1,9})$/.exec(asked)?.[1];
  if (numbered !== undefined) return existing(context, Number(numbered));
  const found = await ownersOf(context, asked);
  const consumers = [...new Set(found.map((each) => each.consumer))];
  if (consumers.length === 1 && consumers[0] !== undefined && consumers[0] !== 0) return consumers[0];
  if (consumers.length > 1)
    throw new InputError(
      'consumer_ambiguous',
      `Several consumers have it: it is ${found.map((each) => `${each.type} of #${each.consumer}`).join(', ')}. Ask with its type before it, as in ${found[0]?.type}:VALUE.`,
    );
  if (found.length > 0)
    throw new NotFoundError(
      'consumer',
      'The identifier stands for more people than one can be, or a cut keeps it from linking (see link cuts), so it belongs to no consumer.',
    );
  if (/^\d{1,9}$/.test(asked)) return existing(context, Number(asked));
  throw new NotFoundError(
    'consumer',
    'No consumer has this identifier: give type:value, as in user:100, or # and a number.',
  );
}

async function existing({ warehouse }: Context, consumer: number): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${whosOf(consumer)}`);
  if ((row?.rows ?? 0) === 0) throw new NotFoundError('consumer', `There is no consumer #${consumer}.`);
  return consumer;
}

/** Identifiers that `type:value`, or a value of any type, may be, in every source, each with its consumer (0: nobody). */
export async function ownersOf(
  context: Context,
  asked: string,
): Promise<Array<{ type: string; ident: string; consumer: number }>> {
  const { warehouse, keys } = context;
  const [, wanted, named] = /^([a-z0-9_]+):(.+)$/s.exec(asked) ?? [];
  const value = named ?? asked;
  const places = await warehouse.rows<{ type: string; scope: string }>(
    sql`SELECT DISTINCT type, scope FROM identifiers`,
  );
  const found: { type: string; ident: string; consumer: number }[] = [];
  for (const { type, scope } of places.filter((each) => wanted === undefined || each.type === wanted)) {
    const place = { name: type, type: typeOf(keys.identity, type), source: scope };
    const plain = normalised(sql`${value}`, place.type);
    const rows = await warehouse.rows<{ ident: string; consumer: number }>(
      sql`SELECT toString(who) AS ident, consumer FROM people FINAL WHERE who = ${ident(plain, place, keys.identifier)} AND NOT ${blocked(plain)}`,
    );
    for (const row of rows) found.push({ type, ...row });
  }
  return found;
}

/** Every identifier on a card of the consumer, the shared ones too. */
const identsOf = (consumer: number): Fragment =>
  sql`(SELECT DISTINCT arrayJoin(idents) FROM cards WHERE ${ofConsumer(consumer)})`;

const ofConsumer = (consumer: number): Fragment => sql`who IN ${whosOf(consumer)}`;

async function identifiersOf(context: Context, consumer: number): Promise<ShownIdentifier[]> {
  const rows = await context.warehouse.rows<{ type: string; value: string; shared: number }>(sql`
    SELECT type, value, ident IN (SELECT ident FROM shared FINAL WHERE people > 0) AS shared
    FROM identifiers FINAL WHERE ident IN ${identsOf(consumer)} ORDER BY type, value`);
  return rows.map(({ type, value, shared }) => ({
    type,
    value,
    personal: typeOf(context.keys.identity, type).personal,
    shared: shared === 1,
  }));
}

/** The rows that show two identifiers side by side: the first of each file. */
async function linksOf(context: Context, consumer: number): Promise<ShownLink[]> {
  const rows = await context.warehouse.rows<{ names: string[]; file: number; line: number; rows: number }>(sql`
    SELECT groupArray(concat(i.type, ':', i.value)) AS names, c.file AS file, c.line AS line, any(c.rows) AS rows
    FROM (SELECT who, file, line, rows, arrayJoin(idents) AS ident FROM cards
      WHERE length(idents) > 1 AND ${ofConsumer(consumer)}) AS c
    INNER JOIN (SELECT ident, type, value FROM identifiers FINAL WHERE ident IN ${identsOf(consumer)}) AS i ON i.ident = c.ident
    GROUP BY c.who, c.file, c.line ORDER BY c.file, c.line LIMIT 200`);
  const names = await fileNames(context);
  return rows.flatMap(({ names: who, file, line, rows: count }) => {
    const [left = '', ...others] = [...who].sort();
    return others.map((right) => ({ left, right, file: names(file) ?? `file ${file}`, line, rows: count }));
  });
}

type Named = Numbered & { name: string } & Record<string, unknown>;

async function fileNames({ registry }: Context): Promise<(file: number) => string | undefined> {
  const find = byNumber(await registry.rows<Named>('SELECT id, numbers, name FROM import_file'));
  return (file) => find(file)?.name;
}

async function timelineOf({ warehouse, zone }: Context, consumer: number): Promise<ShownMoment[]> {
  const local = (moment: Fragment) => sql`formatDateTime(toTimeZone(${moment}, ${zone}), '%Y-%m-%d %H:%i:%S')`;
  const detail = (...names: string[]) =>
    sql`arrayStringConcat(arrayFilter(x -> x != '', [${new Array(names.length).fill(0).reduce<Fragment>((all, _, i) => {
      const each = sql`toString(ifNull(${id(names[i] ?? '')}, ''))`;
      return i === 0 ? each : sql`${all}, ${each}`;
    }, sql``)}]), ' ')`;
  const money = sql`concat(toString(amount / 100), if(ifNull(refund_amount, 0) > 0, concat(' refund ', toString(refund_amount / 100)), ''))`;
  return warehouse.rows<ShownMoment & Record<string, unknown>>(sql`SELECT at, entity, what, detail FROM (
    SELECT ${local(sql`at`)} AS at, 'events' AS entity, behavior AS what, ${detail('platform', 'channel', 'item_id', 'content_id', 'keyword')} AS detail
      FROM events WHERE consumer = ${consumer}
    UNION ALL SELECT ${local(sql`assumeNotNull(coalesce(pay_at, order_at))`)}, 'orders', if(status = '', 'order', status), concat(order_id, ' ', item_id, ' ', ${money})
      FROM order_lines WHERE consumer = ${consumer}
    UNION ALL SELECT ${local(sql`assumeNotNull(coalesce(pay_at, order_at))`)}, 'orders', if(status = '', 'order', status), order_id
      FROM order_heads WHERE consumer = ${consumer}
    UNION ALL SELECT ${local(sql`at`)}, 'reviews', concat('review ', toString(ifNull(rating, 0))), ${detail('item_id', 'text')}
      FROM reviews WHERE consumer = ${consumer}
    UNION ALL SELECT ${local(sql`join_at`)}, 'members', 'join', ${detail('shop', 'tier')} FROM memberships WHERE consumer = ${consumer}
    UNION ALL SELECT ${local(sql`assumeNotNull(quit_at)`)}, 'members', 'quit', ${detail('shop', 'tier')}
      FROM memberships WHERE consumer = ${consumer} AND isNotNull(quit_at)
  ) ORDER BY at DESC, entity, what LIMIT ${TIMELINE}`);
}

async function profileOf({ warehouse }: Context, consumer: number): Promise<Record<string, unknown>> {
  const rows = await warehouse.rows<Record<string, unknown> & { props: Record<string, string> }>(sql`
    SELECT gender, birth_year, age_band, province, city, city_tier, spend_level, occupation, baby_age, props
    FROM profiles WHERE consumer = ${consumer} ORDER BY file, line`);
  const known = rows.flatMap(({ props, ...row }) => Object.entries({ ...row, ...props }));
  return Object.fromEntries(known.filter(([, value]) => value !== '' && value !== null));
}
