import { addDays, type Day, dayNumber } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Answer } from '../reports.ts';

/** Puts a question of the shelf. */
export type Ask = (id: string, params: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** A stretch of business days, both ends included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The FAST report of a period beside the equally long one before it. */
export interface FastReport extends Period {
  readonly before: Period;
  readonly fast: Answer;
  readonly fastBefore: Answer;
  /** Stages as of the last day. */
  readonly stock: Answer;
  readonly flow: Answer;
  /** Whole weeks, or months for a long period, up to the last day; at least twelve weeks or months back. */
  readonly trend: Answer;
}

/** Periods longer than this show their trend by month. */
const MOST_WEEKLY = 92;
const MOST_DAYS = 3660;

export async function fastReport(ask: Ask, { from, to }: Period): Promise<FastReport> {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1 || days > MOST_DAYS)
    throw new InputError('period', say('report.period', { most: MOST_DAYS, from, to, days }));
  const before = { from: addDays(from, -days), to: addDays(from, -1) };
  const [fast, fastBefore, stock, flow, trend] = await Promise.all([
    ask('fast', { from, to }),
    ask('fast', { ...before }),
    ask('aipl-stock', { on: to }),
    ask('aipl-flow', { from, to }),
    ask('fast-trend', trendOf({ from, to }, days)),
  ]);
  return { from, to, before, fast, fastBefore, stock, flow, trend };
}

function trendOf({ from, to }: Period, days: number) {
  const [unit, back] = days <= MOST_WEEKLY ? (['week', 12 * 7 + 6] as const) : (['month', 397] as const);
  const earliest = addDays(to, 1 - back);
  return { from: earliest < from ? earliest : from, to, unit };
}
