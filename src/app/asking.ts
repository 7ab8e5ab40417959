import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Analysis } from '../analyses/analysis.ts';
import { analyses } from '../analyses/index.ts';
import { InputError, NotFoundError } from '../base/errors.ts';
import { fieldText } from '../base/faults/fields.ts';
import { issueText } from '../base/faults/issue.ts';
import { joined, say, semicolon } from '../base/faults/say.ts';
import type { Text } from '../base/text.ts';
import type { Context } from '../intake/context.ts';
import type { KeptTags, Lens, NamedMembers, SeenOn } from '../lifecycle/kept.ts';
import { bitmapsKept, membersKept } from '../model/membersKept.ts';
import { defaultRules } from '../model/rules/default.ts';
import { rulesKey } from '../model/rules/ruleSet.ts';
import type { Scope } from '../model/scope.ts';
import { compile, type Fragment, sql } from '../warehouse/sql.ts';
import { dayOf, membersRun } from './audiences/members.ts';
import { keepUp } from './lifecycle.ts';
import type { Answer } from './reports.ts';
import { ruleSetOf } from './rules.ts';
import { tagOnDays } from './tags/days.ts';
import { tagsAsKept, tagsUpToDate } from './tags/tags.ts';

/** Seconds and memory one question may take. */
export const CAPS = { seconds: 300, memoryBytes: 1_400_000_000 };

/** A question with its parameters read and its lens made: ready to become SQL. */
export interface Asked {
  readonly analysis: Analysis;
  readonly params: Record<string, unknown>;
  readonly lens: Lens;
}

/** A question ready to be asked: the lifecycle its rules need is up to date. */
export async function ask(context: Context, id: string, given: Record<string, unknown>): Promise<Asked> {
  const asked = await toAsk(context, id, given);
  await keepUp(context, asked.lens.rules);
  if (asked.analysis.reads !== 'tags') return asked;
  const tags = await tagsUpToDate(context, await tagsWanted(context, asked));
  const lens = { ...asked.lens, tags };
  return { ...asked, lens: asked.analysis.days ? { ...lens, days: await seenOnDays(context, asked, tags) } : lens };
}

/** The audiences that a question names, and the tag that it reads, as of each day that it follows. */
async function seenOnDays(
  context: Context,
  { analysis, params, lens: { rules } }: Asked,
  now: KeptTags,
): Promise<ReadonlyMap<string, SeenOn>> {
  const days = analysis.days?.of(params) ?? [];
  const tags = await tagOnDays(context, { tag: analysis.days?.tag(params) ?? '', days, rules, now });
  const seen = new Map<string, SeenOn>();
  for (const on of days) {
    const audiences = await audiencesNamed(context, analysis, params, on);
    seen.set(on, { audiences: audiences ?? new Map(), tags: tags.get(on) ?? now });
  }
  return seen;
}

async function tagsWanted(context: Context, { params, lens }: Asked) {
  return { on: params.on === undefined ? await dayOf(context) : String(params.on), rules: lens.rules };
}

/** A question as it would be asked, without bringing the lifecycle up to date for it. */
export async function toAsk(context: Context, id: string, given: Record<string, unknown>): Promise<Asked> {
  const analysis = analysisOf(id);
  const params = readParams(analysis, given);
  const rules = await ruleSetOf(context, params.rules as string | undefined);
  const scope: Scope = {
    own: context.brands,
    ...(params.brand === undefined ? {} : { brand: params.brand as string }),
    ...(params.category === undefined ? {} : { category: params.category as string }),
    ...(params.audience === undefined || analysis.audiences
      ? {}
      : { members: await membersRun(context, String(params.audience)) }),
  };
  const audiences = analysis.days ? undefined : await audiencesNamed(context, analysis, params);
  const lens: Lens = { rules, scope, kept: true, ...(audiences ? { audiences } : {}) };
  if (analysis.reads !== 'tags') return { analysis, params, lens };
  const tags = await tagsAsKept(context, await tagsWanted(context, { analysis, params, lens }));
  return { analysis, params, lens: tags ? { ...lens, tags } : lens };
}

/** The members of every audience that the parameters of an analysis name, as of a day or, without one, of its own. */
async function audiencesNamed(
  context: Context,
  { audiences }: Analysis,
  params: Readonly<Record<string, unknown>>,
  on?: string,
): Promise<ReadonlyMap<string, NamedMembers> | undefined> {
  if (!audiences) return undefined;
  const names = [...new Set(audiences.flatMap((each) => params[each] ?? []).map(String))];
  const found = new Map<string, NamedMembers>();
  for (const name of names) {
    const run = await membersRun(context, name, on);
    const bitmap = sql`SELECT groupBitmapMergeState(members) AS members FROM (${bitmapsKept(run)})`;
    found.set(name, { consumers: membersKept(run), bitmap });
  }
  return found;
}

/** The answer to a question, past every queue. */
export async function answer(context: Context, id: string, given: Record<string, unknown>): Promise<Answer> {
  return context.gate.shared(async () => answerTo(context, await ask(context, id, given)));
}

/** The answer to a question that is ready to be asked. */
export async function answerTo(context: Context, { analysis, params, lens }: Asked): Promise<Answer> {
  const question = analysis.query(params, lens);
  const started = performance.now();
  const raw = await context.warehouse.rows(question, CAPS);
  const rows = analysis.refine ? analysis.refine(raw as never, params, lens) : raw;
  return {
    analysis: analysis.id,
    params,
    rows: rows as Answer['rows'],
    as_of: await asOf(context),
    rules: rulesKey(lens.rules),
    sql: readable(question),
    ms: Math.round((performance.now() - started) * 10) / 10,
  };
}

/** The consumers behind one row of an answer. */
export async function peopleBehind(
  context: Context,
  id: string,
  given: Record<string, unknown>,
  row: Record<string, unknown>,
): Promise<number[]> {
  const people = peopleOf(await ask(context, id, given), row);
  const rows = await context.warehouse.rows<{ consumer: number }>(people, CAPS);
  return rows.map((each) => each.consumer).sort((a, b) => a - b);
}

/** The consumers behind rows with these values of columns (column `consumer`). */
export function peopleOf({ analysis, params, lens }: Asked, row: Readonly<Record<string, unknown>>): Fragment {
  return analysis.people(needed(analysis, readRow(analysis, row)) as never, params, lens);
}

/** A row that asks by name for a column that is read and was not given. */
function needed({ id }: Analysis, row: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(row, {
    get: (of, column) => {
      if (typeof column === 'symbol' || Object.hasOwn(of, column)) return Reflect.get(of, column);
      throw new InputError('row', say('row.missing', { analysis: id, column }));
    },
  });
}

/** Values of columns, checked by the schema of the analysis; unknown columns are refused. */
export function readRow(analysis: Analysis, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result = strictRow(analysis).safeParse(given);
  if (result.success) return result.data;
  const known = Object.keys(analysis.columns).join(', ');
  throw new InputError('row', say('row.faults', { ...about(analysis, result.error, 'row'), known }));
}

/** How an analysis is computed for these parameters, and the page that defines it. */
export interface Explained {
  readonly sql: string;
  readonly doc: string;
}

export async function explain(context: Context, id: string, given: Record<string, unknown> = {}): Promise<Explained> {
  const analysis = analysisOf(id);
  if (!analysis.audiences) return explained(await toAsk(context, id, given));
  // Note: audiences of an example need not be there, so that only the names of an explained question are in its SQL.
  const params = readParams(analysis, given);
  const rules = await ruleSetOf(context, params.rules as string | undefined);
  return explained({ analysis, params, lens: { rules, scope: { own: context.brands }, kept: true } });
}

/** The same without a home: under the default rules, for every brand. */
export function explainAnywhere(id: string, given: Record<string, unknown>): Explained {
  const analysis = analysisOf(id);
  const lens: Lens = { rules: defaultRules, scope: { own: [] }, kept: true };
  return explained({ analysis, params: readParams(analysis, given), lens });
}

function explained({ analysis, params, lens }: Asked): Explained {
  return { sql: readable(analysis.query(params, lens)), doc: docOf(analysis) };
}

/** The page that defines an analysis. */
export function docOf({ doc }: Analysis): string {
  return readFileSync(doc, 'utf8');
}

/** An analysis of the shelf. */
export function analysisOf(id: string): Analysis {
  const found = analyses.find((each) => each.id === id);
  if (!found)
    throw new NotFoundError(
      'analysis',
      `There is no analysis ${id}. The shelf has ${analyses.map((each) => each.id).join(', ')}.`,
    );
  return found;
}

/** Note: a schema is compiled at its first use, so that one made anew for every question would cost more than the question. */
function once(make: (analysis: Analysis) => z.ZodObject): (analysis: Analysis) => z.ZodObject {
  const made = new WeakMap<Analysis, z.ZodObject>();
  return (analysis) => {
    const known = made.get(analysis) ?? make(analysis);
    made.set(analysis, known);
    return known;
  };
}

const strictParams = once(({ params }) => params.strict());
const strictRow = once(({ row }) => row.partial().strict());

/** Parameters checked by the schema of the analysis, with its defaults; unknown ones are refused. */
export function readParams(analysis: Analysis, given: Record<string, unknown>): Record<string, unknown> {
  const result = strictParams(analysis).safeParse(given);
  if (result.success) return result.data as Record<string, unknown>;
  const known = Object.keys(analysis.params.shape).join(', ');
  throw new InputError('params', say('params.faults', { ...about(analysis, result.error, 'parameters'), known }));
}

/** The analysis by its title, and every fault with its place. */
function about({ id, title }: Analysis, { issues }: z.ZodError, whole: string): { analysis: Text; faults: Text } {
  const faults = issues.map((issue) =>
    say('fault.at', { place: fieldText(issue.path.join('.') || whole), what: issueText(issue) }),
  );
  return { analysis: { zh: title.zh, en: id }, faults: joined(faults, semicolon) };
}

/** Moment of the last file taken or taken back; `no data` in an empty home. */
export async function asOf({ registry }: Context): Promise<string> {
  const [row] = await registry.rows<{ at: string | null }>(
    `SELECT max(at) AS at FROM (SELECT max(finished_at) AS at FROM import_file UNION ALL SELECT max(undone_at) FROM import) moments`,
  );
  return row?.at ?? 'no data';
}

/** The SQL as it was sent, and the values bound in it as a comment. */
export function readable(question: Fragment): string {
  const { text, params } = compile(question);
  const values = Object.entries(params).map(([name, value]) => `--   ${name} = ${JSON.stringify(value)}`);
  return [text.trim(), ...(values.length > 0 ? ['-- with', ...values] : [])].join('\n');
}
