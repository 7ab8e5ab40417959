import { addDays, type Day, dayNumber } from '../../src/base/day.ts';
import { type PaidLine, paidLines, type Scope } from './paid.ts';
import { eventsIn, isMember, type Range, type Stage, stageOn, stages, within } from './stage.ts';
import type { Life, World } from './world.ts';

type Standing = Stage | 'none';
const standings: readonly Standing[] = [...stages, 'none'];

export interface StockRow {
  readonly stage: Stage;
  readonly consumers: number;
}

/** One row a stage, in order, also where nobody stands. */
export function aiplStock(world: World, { on }: { on: Day }, scope: Scope = {}): StockRow[] {
  return stages.map((stage) => ({
    stage,
    consumers: everybody(world).filter((consumer) => stageOn(world, consumer, on, scope) === stage).length,
  }));
}

/** One row a day and stage. */
export function aiplTrend(world: World, range: Range, scope: Scope = {}): ({ readonly date: Day } & StockRow)[] {
  return daysOf(range).flatMap((date) => aiplStock(world, { on: date }, scope).map((row) => ({ date, ...row })));
}

export interface FlowRow {
  readonly from_stage: Standing;
  readonly to_stage: Standing;
  readonly consumers: number;
}

/** "compares the stages as of `from` and as of `to`"; only pairs in which somebody stands. */
export function aiplFlow(world: World, range: Range, scope: Scope = {}): FlowRow[] {
  const moves = movesOf(world, range, scope);
  return standings
    .flatMap((from_stage) => standings.map((to_stage) => ({ from_stage, to_stage })))
    .map((pair) => ({
      ...pair,
      consumers: moves.filter((move) => move.from === pair.from_stage && move.to === pair.to_stage).length,
    }))
    .filter((row) => row.consumers > 0)
    .filter((row) => row.from_stage !== 'none' || row.to_stage !== 'none');
}

export interface FastRow {
  readonly metric: 'F' | 'A' | 'S' | 'T';
  /** null = absent. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
}

export function fast(world: World, range: Range, scope: Scope = {}): FastRow[] {
  // "F = consumers with a stage on at least one day of the range."
  const operable = everybody(world).filter((consumer) =>
    daysOf(range).some((day) => stageOn(world, consumer, day, scope) !== 'none'),
  ).length;
  // "A = consumers with a stage as of `from` and a higher one as of `to` ÷ consumers with a stage as of `from`."
  const staged = movesOf(world, range, scope).filter((move) => move.from !== 'none');
  const risen = staged.filter((move) => height(move.to) > height(move.from)).length;
  // "S = members as of `to`."
  const members = [...world.lives.values()].filter((life) => isMember(life, range.to, scope));
  const lively = members.filter((life) => isLively(world, life, range.to, scope)).length;
  return [
    { metric: 'F', value: operable, numerator: operable, denominator: null },
    { metric: 'A', ...ratio(risen, staged.length) },
    { metric: 'S', value: members.length, numerator: members.length, denominator: null },
    { metric: 'T', ...ratio(lively, members.length) },
  ];
}

/** "with a `cart`, `favorite`, `benefit_claim`, `coupon_claim` or a paid line in the 30 days ending `to`" */
function isLively(world: World, life: Life, to: Day, scope: Scope): boolean {
  const month = { from: addDays(to, -29), to };
  const acts = ['cart', 'favorite', 'benefit_claim', 'coupon_claim'];
  const acted = eventsIn(world, life, month, scope).some((event) => acts.includes(event.behavior));
  return acted || paidLines(world, life, to, scope).some((line) => within(line.day, month));
}

/** "the ratio for A and T (absent if the denominator is 0)" */
function ratio(numerator: number, denominator: number) {
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator };
}

const height = (standing: Standing): number => (standing === 'none' ? 0 : 1 + stages.indexOf(standing));

function movesOf(world: World, range: Range, scope: Scope): { from: Standing; to: Standing }[] {
  return everybody(world).map((consumer) => ({
    from: stageOn(world, consumer, range.from, scope),
    to: stageOn(world, consumer, range.to, scope),
  }));
}

/** Classes in the order of domain.md §8, letters in the order R F M, with their Chinese names. */
const classNames = {
  HHH: '高价值',
  LHH: '重点保持',
  HLH: '重点发展',
  LLH: '重点挽留',
  HHL: '一般价值',
  LHL: '一般保持',
  HLL: '一般发展',
  LLL: '潜在',
} as const;
type RfmClass = keyof typeof classNames;

export interface RfmRow {
  readonly class: RfmClass;
  readonly name: string;
  readonly consumers: number;
  /** Yuan. */
  readonly amount: number;
}

/** Classes with at least one consumer. */
export function rfm(world: World, { on }: { on: Day }, scope: Scope = {}): RfmRow[] {
  // "over consumers with a paid line in `[D-364, D]`: R = days since the last pay day, F = distinct pay days, M = net
  // amount, each over the window"
  const buyers = paidByConsumer(world, on, scope)
    .map((lines) => lines.filter((line) => within(line.day, { from: addDays(on, -364), to: on })))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({
      r: Math.min(...lines.map((line) => dayNumber(on) - dayNumber(line.day))),
      f: new Set(lines.map((line) => line.day)).size,
      m: sum(lines.map((line) => line.net)),
    }));
  // "high is R ≤ mean R, F ≥ mean F, M ≥ mean M", times the number of buyers so that integers are compared.
  const total = { r: sum(buyers.map((b) => b.r)), f: sum(buyers.map((b) => b.f)), m: sum(buyers.map((b) => b.m)) };
  const high = (is: boolean) => (is ? 'H' : 'L');
  const classed = buyers.map((b) => ({
    class: [b.r * buyers.length <= total.r, b.f * buyers.length >= total.f, b.m * buyers.length >= total.m]
      .map(high)
      .join(''),
    m: b.m,
  }));
  return (Object.keys(classNames) as RfmClass[])
    .map((name) => ({ name, members: classed.filter((buyer) => buyer.class === name) }))
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => ({
      class: name,
      name: classNames[name],
      consumers: members.length,
      amount: sum(members.map((buyer) => buyer.m)) / 100,
    }));
}

export interface RepurchaseRow {
  readonly nth: number;
  readonly consumers: number;
  readonly repurchased: number;
  readonly rate: number;
}

/**
 * Our reading: of the consumers whose nth pay day has been watched for `within_days` in full (nth day ≤ on −
 * within_days), those whose next pay day came within `within_days` of it. n up to 10; no row without consumers.
 */
export function repurchase(
  world: World,
  { on, within_days }: { on: Day; within_days: number },
  scope: Scope = {},
): RepurchaseRow[] {
  const payDays = paidByConsumer(world, on, scope).map(distinctDays);
  const rows: RepurchaseRow[] = [];
  for (let nth = 1; nth <= 10; nth += 1) {
    const watched = payDays.flatMap((days) => {
      const day = days[nth - 1];
      return day !== undefined && day <= addDays(on, -within_days) ? [{ day, next: days[nth] }] : [];
    });
    const repurchased = watched.filter(({ day, next }) => next !== undefined && next <= addDays(day, within_days));
    if (watched.length === 0) continue;
    rows.push({
      nth,
      consumers: watched.length,
      repurchased: repurchased.length,
      rate: repurchased.length / watched.length,
    });
  }
  return rows;
}

export type Unit = 'day' | 'week' | 'month';

export interface RetentionRow {
  /** First day of the unit of the first payment or touch. */
  readonly cohort: Day;
  readonly period: number;
  readonly consumers: number;
  readonly retained: number;
  readonly rate: number;
}

/**
 * Our reading: a consumer's first pay day (or touch: any event, any paid line), as of `to`, within `from..to` names
 * the cohort; retained in period k are those with a pay day (touch) in the k-th unit after it; periods begin by `to`.
 */
export function retention(
  world: World,
  { from, to, cohort, unit }: Range & { cohort: 'first_pay' | 'first_touch'; unit: Unit },
  scope: Scope = {},
): RetentionRow[] {
  const daysOfEach = [...world.lives.values()]
    .map((life) => {
      const paid = paidLines(world, life, to, scope).map((line) => line.day);
      const touched = eventsIn(world, life, { from: '', to }, scope).map((event) => event.day);
      return (cohort === 'first_pay' ? paid : [...paid, ...touched]).toSorted();
    })
    .filter(([first]) => first !== undefined && within(first, { from, to }));
  const cohorts = new Map<Day, Day[][]>();
  for (const days of daysOfEach) {
    const start = unitStart(days[0] ?? '', unit);
    cohorts.set(start, [...(cohorts.get(start) ?? []), days]);
  }
  return [...cohorts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([start, members]) => periodsOf(start, members, { to, unit }));
}

function periodsOf(cohort: Day, members: Day[][], { to, unit }: { to: Day; unit: Unit }): RetentionRow[] {
  const rows: RetentionRow[] = [];
  for (let start = cohort, period = 0; start <= to; start = nextUnit(start, unit), period += 1) {
    const retained = members.filter((days) => days.some((day) => unitStart(day, unit) === start)).length;
    rows.push({ cohort, period, consumers: members.length, retained, rate: retained / members.length });
  }
  return rows;
}

/** First day of the unit a day falls in; weeks begin on Monday. */
function unitStart(day: Day, unit: Unit): Day {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  const monday = (dayNumber(day) - dayNumber('1970-01-05')) % 7;
  return unit === 'week' ? addDays(day, -((monday + 7) % 7)) : day;
}

/** First day of the unit after the one that begins on `start`. */
function nextUnit(start: Day, unit: Unit): Day {
  return unit === 'month' ? unitStart(addDays(start, 31), unit) : addDays(start, unit === 'week' ? 7 : 1);
}

function paidByConsumer(world: World, on: Day, scope: Scope): PaidLine[][] {
  return [...world.lives.values()].map((life) => paidLines(world, life, on, scope));
}

function distinctDays(lines: PaidLine[]): Day[] {
  return [...new Set(lines.map((line) => line.day))].toSorted();
}

function everybody(world: World): number[] {
  return [...world.lives.keys()];
}

/** "A date range `from`..`to` includes both days." */
function daysOf({ from, to }: Range): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
