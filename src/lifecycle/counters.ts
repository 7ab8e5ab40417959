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

/** How many days of its sources count. It takes the bits from `shift` on of one of several sums. */
export interface Counter {
  readonly times: readonly Times[];
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

/** When days of a consumer count: from the day numbers that the elements of one array tell, up to and without those of another. */
export interface Times {
  readonly begun: Fragment;
  begins(element: string): Fragment;
  readonly ended: Fragment;
  ends(element: string): Fragment;
}

/** What the rules count. */
export interface Counters {
  readonly counters: readonly Counter[];
  /** The stage by the sums `c0`, `c1`...; 0 is none. */
  readonly level: Fragment;
  /** Aggregates over a consumer's events of these `behaviors`: distinct behaviour days. */
  readonly columns: readonly Fragment[];
  readonly behaviors: readonly string[];
}

/** Bits of a sum that counters may take; one is its sign. */
const WORD = 62;
/** Memberships of one consumer in force at once, of whatever sources. */
const MOST_MEMBERSHIPS = 4095;

/** Needs of which one list whole makes the stage, from the shallowest stage to the deepest. */
type Stages = readonly (readonly (readonly Need[])[])[];

/** The counters of a rule set, over one row a consumer with `columns` and `paid`, `member`, `fan`, `review`. */
export function countersOf(rules: RuleSet): Counters {
  const stages: Stages = rules.stages.map(({ when }) => alike(when.map((each) => needsOf(rules, each))));
  const placed = placedOf(stages);
  const did = placed.flatMap(({ sources }) => sources.filter(({ of }) => of === 'did'));
  const nameOf = (source: Source) => plain(source.of === 'did' ? `a${did.indexOf(source)}` : source.of);
  return {
    counters: placed.map(({ sources, ...place }) => ({
      ...place,
      times: sources.map((source) => timesOf(source, nameOf(source))),
    })),
    level: levelOf(stages, placed),
    behaviors: [...new Set(did.flatMap(({ behaviors }) => behaviors ?? []))],
    columns: did.map(
      (source) =>
        sql`groupUniqArrayIf(toUInt16(day), behavior IN ${[...(source.behaviors ?? [])]}) AS ${nameOf(source)}`,
    ),
  };
}

export const plain = (text: string | number): Fragment => new Fragment([String(text)]);

export const wordsOf = (counters: readonly Counter[]): number => Math.max(0, ...counters.map(({ word }) => word)) + 1;

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

/** A counter's sources and where it stands. */
type Placed = Omit<Counter, 'times'> & Pick<Need, 'sources'>;

/** One counter for each combination of sources, side by side in as few sums as hold them. */
function placedOf(stages: Stages): Placed[] {
  const wanted = new Map(stages.flat(2).map(({ sources }) => [keyOf(sources), sources]));
  const placed: Placed[] = [];
  let [word, shift] = [0, 0];
  for (const sources of wanted.values()) {
    const bits = Math.ceil(Math.log2(sources.reduce((sum, each) => sum + mostOf(each), 0) + 1));
    if (shift + bits > WORD) [word, shift] = [word + 1, 0];
    placed.push({ sources, word, shift, bits });
    shift += bits;
  }
  return placed;
}

/** Days of a source that can count at once. A following ends where the next begins. */
function mostOf({ of, days }: Source): number {
  return days ?? (of === 'member' ? MOST_MEMBERSHIPS : 1);
}

/** When the days of a source count. */
function timesOf(source: Source, column: Fragment): Times {
  const { of, days = NEVER } = source;
  if (of !== 'did')
    return {
      begun: column,
      begins: (x) => plain(`${x}.1`),
      ended: column,
      ends: (x) => plain(`least(${x}.1 + ${days}, ${x}.2)`),
    };
  const [begun, ended] = (source.onDays ?? 1) > 1 ? crossings(source, column) : [column, column];
  return { begun, begins: plain, ended, ends: (x) => plain(`least(${x} + ${days}, ${NEVER})`) };
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

function levelOf(stages: Stages, placed: readonly Placed[]): Fragment {
  const holds = ({ sources, least }: Need): Fragment => {
    const { word, shift, bits } = placed.find((each) => keyOf(each.sources) === keyOf(sources)) as Placed; // as: every need has its counter
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
