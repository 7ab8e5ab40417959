import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Analysis } from '../../src/analyses/analysis.ts';
import type { ImportReport } from '../../src/app/reports.ts';
import { addDays, type Day } from '../../src/base/day.ts';
import { ask } from '../oracle/ask.ts';
import type { Answer } from '../oracle/cases.ts';
import { toFiles } from '../oracle/files.ts';
import type { Scope } from '../oracle/paid.ts';
import type { Rows as Files, World } from '../oracle/world.ts';
import type { Home } from '../product.ts';

export type Question = Pick<Answer, 'analysis' | 'params'>;
type Rows = Answer['rows'];

/** Imports rows as the canonical files they would come in. */
export async function importRows(home: Home, rows: Partial<Files>): Promise<ImportReport> {
  const dir = mkdtempSync(join(home.files, 'rows-'));
  await toFiles(rows, dir);
  return home.import(dir);
}

/** Rows that count somebody, and money that can be seen. */
export function shown(analysis: string, rows: Rows): Rows {
  return rows.filter((row) =>
    analysis === 'grow' ? Math.abs(Number(row.value)) >= 0.005 : !analysis.startsWith('aipl-') || row.consumers !== 0,
  );
}

/** Numbers to half a cent, all else exactly. */
export function near(rows: Rows): Rows {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? expect.closeTo(value, 2) : value]),
    ),
  );
}

/** What the oracle answers to questions. */
export function expectedOf(known: World, questions: readonly Question[], scope: Scope = {}): Answer[] {
  return questions.map((question) => ({ ...question, rows: shown(question.analysis, ask(known, question, scope)) }));
}

/** The product gives these answers, in these rows. */
export async function agree(home: Home, answers: readonly Answer[], { brand, category }: Scope = {}): Promise<void> {
  const scope = { ...(brand === undefined ? {} : { brand }), ...(category === undefined ? {} : { category }) };
  for (const { analysis, params, rows } of answers) {
    const got = shown(analysis, await home.run(analysis, { ...params, ...scope }));
    expect([analysis, params, ...got]).toEqual([analysis, params, ...near(rows)]);
  }
}

/** The rows of a world that carry an identifier: without any, a row about a person cannot be taken (contract §1). */
export function namedRows({ items, events, orders, members, reviews }: Files): Files {
  const isNamed = (row: Files['events'][number]) =>
    Object.entries(row).some(([name, value]) => name.startsWith('id_') && value !== '');
  return {
    items,
    events: events.filter(isNamed),
    orders: orders.filter(isNamed),
    members: members.filter(isNamed),
    reviews: reviews.filter(isNamed),
  };
}

/** Audiences that must have been saved before an analysis of audiences is asked. */
const namedAudiences = {
  audience: 'some',
  base: 'others',
  ta: 'others',
  other: 'others',
  audiences: ['some', 'others'],
};

/** Saves the audiences that analyses of audiences are asked about. */
export async function nameAudiences(home: Home, on: Day): Promise<void> {
  const product = await home.product();
  const [some, others] = [{ bought: { window: { days: 365 } } }, { stage: { in: ['I', 'P', 'L'] } }];
  await product.createAudience({ name: 'some', rule: some, on });
  await product.createAudience({ name: 'others', rule: others, on });
}

/** What any analysis must be given to be asked about the month that ends on a day. */
export function monthOf(
  { params, audiences }: Pick<Analysis, 'params' | 'audiences'>,
  on: Day,
): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = {
    on,
    from: addDays(on, -29),
    to: on,
    base_from: addDays(on, -400),
    base_to: addDays(on, -30),
    within_days: 60,
    push: 'sent',
    tag: 'stage',
    ...(audiences ? namedAudiences : {}),
  };
  return Object.fromEntries(Object.keys(params.shape).flatMap((name) => (name in given ? [[name, given[name]]] : [])));
}

/** All eight analyses as of a day, with ranges that end there. */
export function questionsOn(on: Day): Question[] {
  const month = { from: addDays(on, -29), to: on };
  return [
    { analysis: 'aipl-stock', params: { on } },
    { analysis: 'aipl-trend', params: { from: addDays(on, -2), to: on } },
    { analysis: 'aipl-flow', params: month },
    { analysis: 'fast', params: month },
    { analysis: 'grow', params: { ...month, base_from: addDays(on, -400), base_to: addDays(on, -20) } },
    { analysis: 'rfm', params: { on } },
    { analysis: 'repurchase', params: { on, within_days: 14 } },
    { analysis: 'retention', params: { from: addDays(on, -364), to: on, cohort: 'first_pay', unit: 'month' } },
    { analysis: 'retention', params: { ...month, cohort: 'first_touch', unit: 'week' } },
  ];
}
