/** Small worlds for tests: literal rows in a real embedded warehouse, and the questions put to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Taxonomy } from '../../audiences/crowds/taxonomy.ts';
import { keepMembers } from '../../audiences/kept.ts';
import { keepTags, tagsKept } from '../../audiences/tags/keep.ts';
import type { KeptTags, Lens, NamedMembers } from '../../lifecycle/kept.ts';
import { stageSpans } from '../../lifecycle/spans.ts';
import { bitmapsKept, membersKept } from '../../model/membersKept.ts';
import { defaultRules } from '../../model/rules/default.ts';
import { type RuleSet, rulesKey } from '../../model/rules/ruleSet.ts';
import type { Scope } from '../../model/scope.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { as, type Fragment, sql } from '../../warehouse/sql.ts';
import type { Row, Warehouse } from '../../warehouse/warehouse.ts';
import type { Analysis } from '../analysis.ts';

/** A moment as `YYYY-MM-DD[ HH:mm:ss]` in Asia/Shanghai; its first ten letters are the day. */
type Moment = string;

interface Goods {
  readonly item_id?: string;
  readonly brand?: string;
  readonly category_id?: string;
}

/** Rows by hand; amounts are yuan, consumers are numbers from 1, 0 is nobody. */
export interface Facts {
  readonly events?: readonly (Goods & {
    readonly consumer: number;
    readonly time: Moment;
    readonly behavior: string;
    readonly order_id?: string;
    readonly content_id?: string;
    readonly creator_id?: string;
    readonly amount?: number;
    readonly value?: number | null;
  })[];
  readonly orders?: readonly (Goods & {
    readonly consumer: number;
    readonly order_id?: string;
    readonly ordered?: Moment;
    readonly paid?: Moment;
    readonly status?: string;
    readonly amount?: number;
    readonly refund?: number;
    readonly refunded?: Moment;
  })[];
  readonly members?: readonly { readonly consumer: number; readonly joined: Moment; readonly quit?: Moment }[];
  readonly reviews?: readonly {
    readonly consumer: number;
    readonly time: Moment;
    readonly rating: number | null;
    readonly item_id?: string;
  }[];
  readonly items?: readonly Readonly<Record<string, string>>[];
  readonly creators?: readonly { readonly creator_id: string; readonly props: Readonly<Record<string, string>> }[];
  readonly contents?: readonly { readonly content_id: string; readonly creator_id: string }[];
  /** Columns of the contract, and `props`; a later row of a consumer stands before an earlier. */
  readonly profiles?: readonly Profile[];
}

interface Profile {
  readonly consumer: number;
  readonly props?: Readonly<Record<string, string>>;
  readonly [column: string]: string | number | Readonly<Record<string, string>> | undefined;
}

/** A warehouse of this test file's own, opened before its tests and removed after. */
export function store(): { readonly warehouse: () => Warehouse } {
  const folder = mkdtempSync(joinPath(tmpdir(), 'qiancheng-shelf-'));
  let warehouse: Warehouse | undefined;
  beforeAll(async () => {
    warehouse = await openWarehouse({ kind: 'embedded', dir: joinPath(folder, 'facts') });
  });
  afterAll(async () => {
    await warehouse?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    warehouse: () => {
      if (!warehouse) throw new Error('the warehouse opens before the first test, not earlier');
      return warehouse;
    },
  };
}

/** Lens of the default rules that computes spans for the question, unless told they are kept. */
export function lens(scope: Partial<Scope> = {}, more: { rules?: RuleSet; kept?: boolean } = {}): Lens {
  return { rules: more.rules ?? defaultRules, scope: { own: [], ...scope }, kept: more.kept ?? false };
}

/** Replaces what the warehouse holds by these facts. */
export async function tell(warehouse: Warehouse, facts: Facts): Promise<void> {
  for (const [table, rows] of Object.entries(tables(facts))) {
    await warehouse.onParts(table, (part) => sql`TRUNCATE TABLE ${part}`);
    if (rows.length > 0) await put(warehouse, table, rows);
  }
  for (const table of ['stage_spans', 'audience_bitmaps', 'people', 'tag_values'])
    await warehouse.onParts(table, (part) => sql`TRUNCATE TABLE ${part}`);
}

/** Keeps audiences of these consumers, as a question that names them meets them. */
export async function keepAudiences(
  warehouse: Warehouse,
  audiences: Readonly<Record<string, readonly number[]>>,
): Promise<ReadonlyMap<string, NamedMembers>> {
  const kept = new Map<string, NamedMembers>();
  for (const [at, [name, consumers]] of Object.entries(audiences).entries()) {
    const run = at + 1;
    await keepMembers(warehouse, run, {
      consumers: sql`SELECT arrayJoin(${as([...consumers], 'Array(UInt32)')}) AS consumer`,
    });
    const bitmap = sql`SELECT groupBitmapMergeState(members) AS members FROM (${bitmapsKept(run)})`;
    kept.set(name, { consumers: membersKept(run), bitmap });
  }
  return kept;
}

interface ValuesKept {
  readonly on: string;
  readonly last: number;
  readonly taxonomies?: readonly Taxonomy[];
  readonly spendSteps?: readonly number[];
}

/** Keeps the values that consumers 1 to `last` have as of the end of a day. */
export async function keepValues(
  warehouse: Warehouse,
  { on, last, taxonomies = [], spendSteps = [] }: ValuesKept,
): Promise<KeptTags> {
  await warehouse.run(sql`INSERT INTO people (who, consumer, version)
    SELECT number, toUInt32(number), 1 FROM numbers(1, ${last})`);
  const making = { on, lens: lens(), audiences: new Map(), taxonomies, spendSteps };
  await keepTags(warehouse, 1, making);
  return { on, table: tagsKept(1) };
}

/** Keeps the spans of a rule set for the whole scope, as the lifecycle does; `own` are the workspace's brands. */
export async function keepSpans(warehouse: Warehouse, rules: RuleSet, own: readonly string[] = []): Promise<void> {
  await warehouse.run(sql`INSERT INTO stage_spans (rules, consumer, start, finish, level, sign, batch)
    SELECT ${rulesKey(rules)}, consumer, start, finish, level, 1, 1 FROM ${stageSpans(rules, { own })}`);
}

/** The rows of an analysis, its parameters and every row checked against their schemas as any surface does. */
export async function ask(
  warehouse: Warehouse,
  analysis: Analysis,
  params: Readonly<Record<string, unknown>>,
  seen: Lens = lens(),
): Promise<Row[]> {
  const asked = analysis.params.parse(params);
  const found = await warehouse.rows(analysis.query(asked, seen));
  const raw = found.map((row) => (analysis.raw ?? analysis.row).strict().parse(row));
  const rows = analysis.refine ? analysis.refine(raw, asked, seen) : raw;
  return rows.map((row) => analysis.row.strict().parse(row));
}

/** The consumers behind a row, in order; one named twice stands twice. */
export async function peopleOf(
  warehouse: Warehouse,
  analysis: Analysis,
  row: Row,
  params: Readonly<Record<string, unknown>>,
  seen: Lens = lens(),
): Promise<number[]> {
  const people: Fragment = analysis.people(analysis.row.parse(row), analysis.params.parse(params), seen);
  const found = await warehouse.rows<{ consumer: number }>(sql`SELECT consumer FROM (${people}) ORDER BY consumer`);
  return found.map(({ consumer }) => consumer);
}

async function put(warehouse: Warehouse, table: string, rows: readonly Row[]): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const bytes = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
  await warehouse.insert({ table, columns, format: 'JSONEachRow', bytes }, { token: token(table) });
}

let batches = 0;

function token(table: string): string {
  batches += 1;
  return `${table} ${process.pid} ${batches}`;
}

function tables(facts: Facts): Record<string, Row[]> {
  const place = (line: number) => ({ source: 'test', file: 1, line });
  return {
    events: (facts.events ?? []).map(({ time, amount, ...rest }, line) => ({
      ...rest,
      ...place(line),
      day: dayOf(time),
      at: utc(time),
      amount: fen(amount),
    })),
    order_lines: (facts.orders ?? []).map((order, line) => ({ ...orderRow(order, line), ...place(line) })),
    memberships: (facts.members ?? []).map(({ consumer, joined, quit }, line) => ({
      consumer,
      ...place(line),
      day: dayOf(joined),
      join_at: utc(joined),
      quit_at: quit ? utc(quit) : null,
      quit_day: quit ? dayOf(quit) : null,
    })),
    reviews: (facts.reviews ?? []).map(({ time, ...rest }, line) => ({
      ...rest,
      ...place(line),
      day: dayOf(time),
      at: utc(time),
    })),
    profiles: (facts.profiles ?? []).map((profile, line) => ({ ...profile, ...place(line) })),
    creators: (facts.creators ?? []).map((creator, line) => ({ ...creator, ...place(line) })),
    contents: (facts.contents ?? []).map((content, line) => ({ ...content, ...place(line) })),
    items: (facts.items ?? []).map((item, line) => ({ ...item, ...place(line) })),
  };
}

function orderRow(order: NonNullable<Facts['orders']>[number], line: number): Row {
  const { paid, ordered = paid ?? '', refund, refunded, amount = 100, order_id = `order ${line}`, ...rest } = order;
  return {
    ...rest,
    order_id,
    day: dayOf(paid ?? ordered),
    order_at: utc(ordered),
    pay_at: paid ? utc(paid) : null,
    amount: fen(amount),
    refund_amount: fen(refund),
    refund_at: refunded ? utc(refunded) : null,
    refund_day: refunded ? dayOf(refunded) : null,
  };
}

const dayOf = (time: Moment): string => time.slice(0, 10);

const fen = (yuan: number | undefined): number | null => (yuan === undefined ? null : Math.round(yuan * 100));

function utc(time: Moment): string {
  const clock = time.length > 10 ? time.slice(11) : '00:00:00';
  return new Date(`${dayOf(time)}T${clock}+08:00`).toISOString().replace('T', ' ').replace('Z', '');
}
