import { InputError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import type { Lens } from '../lifecycle/kept.ts';
import { isTold, levelsOn, spansWithin } from '../lifecycle/kept.ts';
import { joinedOn } from '../model/members.ts';
import { netAmount, paidLinesWithPlaces } from '../model/paid.ts';
import { rulesKey } from '../model/rules/ruleSet.ts';
import { as, type Fragment, id, join, own, perConsumer, sql } from '../warehouse/sql.ts';

/** Measures of a rule, those of the audiences it stands on counted each time that they are named. */
const MOST_MEASURES = 1000;

/** Tables that are read once, whatever the number of conditions on them. */
export type Source = 'events' | 'paid' | 'profiles' | 'memberships';

interface Measure {
  readonly name: string;
  readonly aggregate: Fragment;
  /** What it measures, in words that no other measure has. */
  readonly key: string;
}

/** One pass over one table: a row a consumer, a column a measure. */
interface Pass {
  readonly measures: Measure[];
  readonly tests: Fragment[];
}

/** What is asked of a consumer's stage on a day: its level, or the day number on which it came to it. */
type OfStage = 'level' | 'start';

interface Levels {
  readonly lens: Lens;
  readonly measures: Map<string, { readonly name: string; readonly of: OfStage; readonly on: string }>;
}

/**
 * What a rule measures of each consumer as of the end of a day, table by table. Conditions are answered by what is
 * measured; a consumer of whom a table has no row measures 0.
 */
export class Plan {
  readonly on: Fragment;
  readonly #only: Fragment | undefined;
  readonly #isFew: boolean;
  readonly #passes = new Map<Source, Pass>();
  readonly #levels = new Map<string, Levels>();
  readonly #derived: { readonly name: string; readonly of: Fragment }[] = [];
  readonly #relations: { readonly name: string; readonly consumers: Fragment; readonly local: boolean }[] = [];
  #names = 0;

  /** `only` tests who is looked at, by the column `consumer`; absent, everybody is. `isFew`: those are few. */
  constructor(on: string, only?: Fragment, isFew = false) {
    this.on = sql`${as(on, 'Date')}`;
    this.#only = only;
    this.#isFew = isFew;
  }

  /**
   * A number of a consumer's rows of a table; `test` says which of them the aggregate looks at, `plainly` takes them all
   * and some more. Note: rows of few are found by few plain columns, and tested once; of all, those that do not matter
   * are better left out before they are grouped.
   */
  measure(source: Source, aggregate: Fragment, test: Fragment, plainly = test): Fragment {
    const pass = this.#passes.get(source) ?? { measures: [], tests: [] };
    this.#passes.set(source, pass);
    const key = JSON.stringify([aggregate.parts, test.parts]);
    const same = pass.measures.find((each) => each.key === key);
    const name = this.#name();
    if (same) return id(same.name);
    pass.measures.push({ name, aggregate, key });
    pass.tests.push(sql`(${this.#isFew ? plainly : test})`);
    return id(name);
  }

  /** The level of a consumer's stage as of the end of a day; 0 is no stage. */
  level(lens: Lens, on: string): Fragment {
    return this.#ofStage(lens, on, 'level');
  }

  /** The day number from which on a consumer has been in its stage of a day without a break; 0 is no stage. */
  since(lens: Lens, on: string): Fragment {
    return this.#ofStage(lens, on, 'start');
  }

  #ofStage(lens: Lens, on: string, of: OfStage): Fragment {
    const key = rulesKey(lens.rules);
    const levels: Levels = this.#levels.get(key) ?? { lens, measures: new Map() };
    this.#levels.set(key, levels);
    const name = levels.measures.get(`${of} ${on}`)?.name ?? this.#name();
    levels.measures.set(`${of} ${on}`, { name, of, on });
    return id(name);
  }

  /** What comes of measures, and of others that come of them, worked out once a consumer however often it is asked. */
  derived(of: Fragment): Fragment {
    const name = this.#name();
    this.#derived.push({ name, of });
    return id(name);
  }

  /** 1 for the consumers of a question (`SELECT consumer`, one row each). */
  among(consumers: Fragment): Fragment {
    return this.#among(consumers, true);
  }

  /** The same of a question that sets consumers against each other, or asks for their cards: no shard knows the answer. */
  amongAll(consumers: Fragment): Fragment {
    return this.#among(consumers, false);
  }

  #among(consumers: Fragment, local: boolean): Fragment {
    const name = this.#name();
    this.#relations.push({ name, consumers, local });
    return id(name);
  }

  /** Whether each consumer qualifies by its own facts alone, so that every shard can tell of its own consumers. */
  get isLocal(): boolean {
    return this.#relations.every(({ local }) => local);
  }

  /** Every measure of every consumer that has a row anywhere, and what comes of them, as a table; undefined where nothing is measured. */
  table(): Fragment | undefined {
    const measured = this.#measured();
    if (!measured || this.#derived.length === 0) return measured;
    const columns = this.#derived.map(({ name, of }) => sql`${of} AS ${id(name)}`);
    return sql`(SELECT *, ${join(columns, ', ')} FROM ${measured})`;
  }

  #measured(): Fragment | undefined {
    const branches = this.#branches();
    const names = branches.flatMap((branch) => branch.names);
    const [only, ...more] = branches;
    if (!only || more.length === 0) return only?.table;
    const rows = branches.map(({ names: own, table }) => {
      const columns = names.map((name) => (own.includes(name) ? id(name) : sql`0 AS ${id(name)}`));
      return sql`SELECT consumer, ${join(columns, ', ')} FROM ${table}`;
    });
    const sums = join(
      names.map((name) => sql`sum(each.${id(name)}) AS ${id(name)}`),
      ', ',
    );
    return sql`(SELECT consumer, ${sums} FROM (${join(rows, ' UNION ALL ')}) AS each GROUP BY consumer)`;
  }

  #name(): string {
    if (this.#names === MOST_MEASURES)
      throw new InputError('audience_rule', say('audience.measures', { most: MOST_MEASURES }));
    this.#names += 1;
    return `m${this.#names}`;
  }

  #branches(): Branch[] {
    const relations = (local: boolean) =>
      this.#relations.filter((each) => each.local === local).map((each) => relationTable(each, this.#those()));
    const local = [
      ...[...this.#passes].map(([source, pass]) => passTable(pass, this.rows(source))),
      ...[...this.#levels.values()].map((levels) => levelsTable(levels, this.#those())),
      ...relations(true),
    ];
    if (this.isLocal) return local;
    // Note: who asks for everybody at once stands outside of the shards, and gathers what they measure.
    const gathered = local.map(({ names, table }) => ({ names, table: perConsumer(sql`SELECT * FROM ${table}`) }));
    return [...gathered, ...relations(false)];
  }

  #those(): Fragment {
    return this.#only ?? sql`1`;
  }

  /** Rows that a rule may see of a table, of consumers only. */
  rows(source: Source): Fragment {
    const { on } = this;
    const those = this.#those();
    return {
      events: sql`(SELECT * FROM ${own('events')} WHERE consumer != 0 AND day <= ${on} AND ${those})`,
      paid: sql`(SELECT *, ${netAmount(on)} AS net
        FROM ${paidLinesWithPlaces({ own: [] }, those)} WHERE day <= ${on} AND until > toUInt16(${on}))`,
      profiles: sql`(SELECT * FROM ${own('profiles')} WHERE consumer != 0 AND ${those})`,
      memberships: sql`(SELECT * FROM ${joinedOn(on)} WHERE ${those})`,
    }[source];
  }
}

/** A table of measures, one row a consumer. */
interface Branch {
  readonly names: string[];
  readonly table: Fragment;
}

function relationTable(
  { name, consumers }: { readonly name: string; readonly consumers: Fragment },
  those: Fragment,
): Branch {
  return {
    names: [name],
    table: sql`(SELECT consumer, toUInt8(1) AS ${id(name)} FROM (${consumers}) WHERE ${those})`,
  };
}

/** One pass over rows of a table; who measures nothing but 0 is left out, as if there were no row. */
function passTable({ measures, tests }: Pass, rows: Fragment): Branch {
  const names = measures.map(({ name }) => name);
  const columns = measures.map(({ name, aggregate }) => sql`${aggregate} AS ${id(name)}`);
  const some = names.map((name) => sql`${id(name)} != 0`);
  return {
    names,
    table: sql`(SELECT consumer, ${join(columns, ', ')} FROM ${rows} WHERE ${join(tests, ' OR ')}
      GROUP BY consumer HAVING ${join(some, ' OR ')})`,
  };
}

/** The stages of one rule set on every day that is asked for, in one pass over its spans. */
function levelsTable({ lens, measures }: Levels, those: Fragment): Branch {
  const asked = [...measures.values()];
  const [first, ...more] = asked;
  if (first?.of === 'level' && more.length === 0 && isTold(lens))
    return {
      names: [first.name],
      table: sql`(SELECT consumer, level AS ${id(first.name)} FROM ${levelsOn(lens, first.on)} WHERE ${those})`,
    };
  const days = asked.map(({ on }) => on).toSorted();
  const columns = asked.map(({ name, of, on: day }) => {
    const on = sql`toUInt16(${as(day, 'Date')})`;
    return sql`sumIf(toInt32(${id(of)}) * sign, start <= ${on} AND finish > ${on}) AS ${id(name)}`;
  });
  return {
    names: asked.map(({ name }) => name),
    table: sql`(SELECT consumer, ${join(columns, ', ')} FROM ${spansWithin(lens, days[0] ?? '', days.at(-1) ?? '')}
      WHERE ${those} GROUP BY consumer)`,
  };
}
