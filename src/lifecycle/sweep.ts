import { NEVER } from '../model/paid.ts';
import { behaviorsOf, type Condition, type RuleSet } from '../model/rules/ruleSet.ts';
import { Fragment, join, sql } from '../warehouse/sql.ts';

/** Days of a consumer that each count for a time: the distinct days of some behaviours, or (day, until) of what can end early. */
interface Source {
  readonly of: 'did' | 'paid' | 'review' | 'member' | 'fan';
  /** Behaviours of `did`. */
  readonly behaviors?: readonly string[];
  /** How long each day counts; until it ends, when absent. */
  readonly days?: number;
  /** Of `did`: counts from the n-th day on until the first of the n ends. */
  readonly onDays?: number;
}

/** As of the end of a day at least so many days of the sources count. */
interface Need {
  readonly sources: readonly Source[];
  readonly least: number;
}

/** A counter of a sweep: how many days of its sources count. It takes the bits from `shift` on of one of several sums. */
interface Counter {
  readonly sources: readonly Source[];
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

/** Needs of which one list whole makes the stage, from the shallowest stage to the deepest. */
type Stages = readonly (readonly (readonly Need[])[])[];

/** Bits of a sum that counters may take; one is its sign. */
const WORD = 62;
/** A point is its day, the sum it belongs to, the counter's place in it, and whether it ends a day's counting. */
const PLACE = 64;
/** Memberships of one consumer in force at once, of whatever sources. */
const MOST_MEMBERSHIPS = 4095;
/** A mark is a day and the level from that day on. */
const LEVELS = 8;

/** How points are read: `base` is one day, `level` the stage by the sums `c0`, `c1`... */
interface Coding {
  readonly counters: readonly Counter[];
  readonly base: number;
  readonly level: Fragment;
}

/** What the rules count: `columns` of distinct behaviour days that an event gives, and the `runs` they come to. */
export interface Sweep {
  /** Aggregates over a consumer's events of these `behaviors`. */
  readonly columns: readonly Fragment[];
  readonly behaviors: readonly string[];
  /** From one row a consumer of these columns and `paid`, `member`, `fan`, `review`: one row a run of days in one stage. */
  runs(source: Fragment): Fragment;
}

/**
 * A sweep over a consumer's days. Every day that counts adds 1 to its counters from its day on, and takes it back where
 * its window or it itself ends; sorted by day and summed, the counters give the stage of every day at once.
 */
export function sweepOf(rules: RuleSet): Sweep {
  const stages: Stages = rules.stages.map(({ when }) => alike(when.map((each) => needsOf(rules, each))));
  const counters = countersOf(stages);
  const base = 2 * PLACE * wordsOf(counters);
  const did = counters.flatMap(({ sources }) => sources.filter(({ of }) => of === 'did'));
  const nameOf = (source: Source) => plain(source.of === 'did' ? `a${did.indexOf(source)}` : source.of);
  const points = counters.flatMap((counter) =>
    counter.sources.flatMap((source) => pointsOf(source, codeOf(counter), base, nameOf(source))),
  );
  return {
    behaviors: [...new Set(did.flatMap(({ behaviors }) => behaviors ?? []))],
    columns: did.map(
      (source) =>
        sql`groupUniqArrayIf(toUInt16(day), behavior IN ${[...(source.behaviors ?? [])]}) AS ${nameOf(source)}`,
    ),
    runs: (source) => runsOf(source, points, { counters, base, level: levelOf(stages, counters) }),
  };
}

const plain = (text: string | number): Fragment => new Fragment([String(text)]);

function needsOf(rules: RuleSet, when: Condition): Need[] {
  if ('did' in when)
    return [
      {
        sources: [{ of: 'did', behaviors: behaviorsOf(rules, when.did), days: when.days, onDays: when.on_days }],
        least: 1,
      },
    ];
  if ('paid' in when) return [{ sources: [{ of: 'paid', days: when.paid.days }], least: when.paid.on_days }];
  if ('reviewed' in when)
    return [
      { sources: [{ of: 'review', days: when.reviewed.days }], least: 1 },
      { sources: [{ of: 'paid', days: when.reviewed.paid_days }], least: 1 },
    ];
  return [{ sources: [{ of: 'member' in when ? 'member' : 'fan' }], least: 1 }];
}

/** Conditions that one day fulfils share a counter. */
function alike(conditions: readonly (readonly Need[])[]): Need[][] {
  const isSingle = (needs: readonly Need[]) => needs.every(({ least }) => least === 1) && needs.length === 1;
  const singles = conditions.filter(isSingle).flat();
  const rest = conditions.filter((needs) => !isSingle(needs)).map((needs) => [...needs]);
  if (singles.length === 0) return rest;
  return [[{ sources: singles.flatMap(({ sources }) => sources), least: 1 }], ...rest];
}

const keyOf = (sources: readonly Source[]): string => JSON.stringify(sources);

/** One counter for each combination of sources, side by side in as few sums as hold them. */
function countersOf(stages: Stages): Counter[] {
  const wanted = new Map(stages.flat(2).map(({ sources }) => [keyOf(sources), sources]));
  const counters: Counter[] = [];
  let [word, shift] = [0, 0];
  for (const sources of wanted.values()) {
    const bits = Math.ceil(Math.log2(sources.reduce((sum, each) => sum + mostOf(each), 0) + 1));
    if (shift + bits > WORD) [word, shift] = [word + 1, 0];
    counters.push({ sources, word, shift, bits });
    shift += bits;
  }
  return counters;
}

/** Days of a source that can count at once. A following ends where the next begins. */
function mostOf({ of, days }: Source): number {
  return days ?? (of === 'member' ? MOST_MEMBERSHIPS : 1);
}

const codeOf = ({ word, shift }: Counter): number => (word * PLACE + shift) * 2;

/** Note: a day number and a code are one number, for that is what sorts fastest. */
function pointAt(day: Fragment, code: number, base: number): Fragment {
  return sql`toUInt32(${day} * ${plain(base)} + ${plain(code)})`;
}

/** Where the days of a source begin to count, and where they end. */
function pointsOf(source: Source, code: number, base: number, column: Fragment): Fragment[] {
  const { of, days = NEVER } = source;
  const did = of === 'did';
  const until = sql`least(${plain(did ? 'x' : 'x.1')} + ${plain(days)}, ${plain(did ? NEVER : 'x.2')})`;
  const [begun, ended] = (source.onDays ?? 1) > 1 ? crossings(source, column) : [column, column];
  return [
    sql`arrayMap(x -> ${pointAt(plain(did ? 'x' : 'x.1'), code, base)}, ${begun})`,
    sql`arrayMap(x -> ${pointAt(until, code + 1, base)}, ${ended})`,
  ];
}

/** Of the days of a behaviour those that are the n-th in a window, and the first of the n, with which it leaves the window. */
function crossings({ days = NEVER, onDays = 1 }: Source, column: Fragment): [Fragment, Fragment] {
  const all = sql`arraySort(${column})`;
  const nth = sql`arraySlice(${all}, ${plain(onDays)})`;
  const first = sql`arraySlice(${all}, 1, greatest(0, toInt64(length(${column})) - ${plain(onDays - 1)}))`;
  const within = sql`x < y + ${plain(days)}`;
  return [
    sql`arrayFilter((x, y) -> ${within}, ${nth}, ${first})`,
    sql`arrayFilter((y, x) -> ${within}, ${first}, ${nth})`,
  ];
}

function levelOf(stages: Stages, counters: readonly Counter[]): Fragment {
  const holds = ({ sources, least }: Need): Fragment => {
    const { word, shift, bits } = counters.find((each) => keyOf(each.sources) === keyOf(sources)) as Counter;
    const mask = 2n ** BigInt(bits) - 1n;
    if (least === 1) return plain(`bitAnd(c${word}, ${mask << BigInt(shift)}) != 0`);
    return plain(`bitAnd(bitShiftRight(c${word}, ${shift}), ${mask}) >= ${least}`);
  };
  const cases = stages.map(
    (conditions, i) =>
      sql`${join(
        conditions.map((needs) => join(needs.map(holds), ' AND ')),
        ' OR ',
      )}, ${plain(i + 1)}`,
  );
  return sql`multiIf(${join(cases.toReversed(), ', ')}, 0)`;
}

/** Note: a layer of subqueries for each step, for an alias used in its own SELECT would be opened there, again and again. */
function runsOf(source: Fragment, points: readonly Fragment[], { counters, base, level }: Coding): Fragment {
  const words = Array.from({ length: wordsOf(counters) }, (_, word) => word);
  // the last point of a day tells how the day ends
  const next = sql`arrayPopFront(arrayPushBack(points, toUInt32(0)))`;
  const isLast = sql`intDiv(x, ${plain(base)}) != intDiv(n, ${plain(base)})`;
  const ends = sql`arrayFilter((x, n) -> ${isLast}, points, ${next})`;
  const sums = words.map(
    (word) =>
      sql`arrayFilter((c, x, n) -> ${isLast}, arrayCumSum(arrayMap(x -> ${weightIn(word, counters, base)}, points)), points, ${next})`,
  );
  const names = join([plain('x'), ...words.map((word) => plain(`c${word}`))], ', ');
  const marks = sql`arrayMap((${names}) -> toUInt32(intDiv(x, ${plain(base)}) * ${plain(LEVELS)} + ${level}), ${join([ends, ...sums], ', ')})`;
  const levelIn = (mark: string) => plain(`${mark} % ${LEVELS}`);
  const dayIn = (mark: string) => plain(`toUInt16(intDiv(${mark}, ${LEVELS}))`);
  return sql`(SELECT consumer, ${dayIn('turn')} AS start, ${dayIn('next')} AS finish, toUInt8(${levelIn('turn')}) AS level
    FROM (SELECT consumer, arrayFilter((m, p) -> ${levelIn('m')} != ${levelIn('p')}, marks, arrayPopBack(arrayPushFront(marks, toUInt32(0)))) AS turns
      FROM (SELECT consumer, ${marks} AS marks
        FROM (SELECT consumer, arraySort(arrayConcat(${join(points, ', ')})) AS points FROM ${source})))
    ARRAY JOIN turns AS turn, arrayPopFront(arrayPushBack(turns, toUInt32(${plain(NEVER * LEVELS)}))) AS next
    WHERE ${levelIn('turn')} != 0)`;
}

const wordsOf = (counters: readonly Counter[]): number => Math.max(0, ...counters.map(({ word }) => word)) + 1;

/** What a point adds to a sum. */
function weightIn(word: number, counters: readonly Counter[], base: number): Fragment {
  const own = counters.filter((each) => each.word === word);
  const codes = own.flatMap((each) => [codeOf(each), codeOf(each) + 1]);
  const weights = own.flatMap(({ shift }) => [2n ** BigInt(shift), -(2n ** BigInt(shift))]);
  return plain(`transform(x % ${base}, [${codes.join(', ')}], [${weights.join(', ')}], toInt64(0))`);
}
