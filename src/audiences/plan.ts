import { InputError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import type { Lens } from '../lifecycle/kept.ts';
import { spansWithin } from '../lifecycle/kept.ts';
import { joinedOn } from '../model/members.ts';
import { netAmount, paidLinesWithPlaces } from '../model/paid.ts';
import { rulesKey } from '../model/rules/ruleSet.ts';
import { as, type Fragment, id, join, own, sql } from '../warehouse/sql.ts';

/** Measures of a rule, those of the audiences it stands on counted each time that they are named. */
const MOST_MEASURES = 1000;

/** Tables that are read once, whatever the number of conditions on them. */
export type Source = 'events' | 'paid' | 'profiles' | 'memberships';

interface Measure {
  readonly name: string;
  readonly aggregate: Fragment;
}

/** One pass over one table: a row a consumer, a column a measure. */
interface Pass {
  readonly measures: Measure[];
  readonly tests: Fragment[];
}

interface Levels {
  readonly lens: Lens;
  readonly measures: Map<string, string>;
}

/**
 * What a rule measures of each consumer as of the end of a day, table by table. Conditions are answered by what is
 * measured; a consumer of whom a table has no row measures 0.
 */
export class Plan {
  readonly on: Fragment;
  readonly #passes = new Map<Source, Pass>();
  readonly #levels = new Map<string, Levels>();
  readonly #relations: { readonly name: string; readonly consumers: Fragment }[] = [];
  #names = 0;

  constructor(on: string) {
    this.on = sql`${as(on, 'Date')}`;
  }

  /** A number of a consumer's rows of a table; `test` says which of them the aggregate looks at. */
  measure(source: Source, aggregate: Fragment, test: Fragment): Fragment {
    const pass = this.#passes.get(source) ?? { measures: [], tests: [] };
    this.#passes.set(source, pass);
    const name = this.#name();
    pass.measures.push({ name, aggregate });
    pass.tests.push(sql`(${test})`);
    return id(name);
  }

  /** The level of a consumer's stage as of the end of a day; 0 is no stage. */
  level(lens: Lens, on: string): Fragment {
    const key = rulesKey(lens.rules);
    const levels = this.#levels.get(key) ?? { lens, measures: new Map<string, string>() };
    this.#levels.set(key, levels);
    const name = levels.measures.get(on) ?? this.#name();
    levels.measures.set(on, name);
    return id(name);
  }

  /** 1 for the consumers of a question (`SELECT consumer`, one row each). */
  among(consumers: Fragment): Fragment {
    const name = this.#name();
    this.#relations.push({ name, consumers });
    return id(name);
  }

  /** Every measure of every consumer that has a row anywhere, as a table; undefined where nothing is measured. */
  table(): Fragment | undefined {
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

  #branches(): { readonly names: string[]; readonly table: Fragment }[] {
    return [
      ...[...this.#passes].map(([source, pass]) => passTable(pass, this.rows(source))),
      ...[...this.#levels.values()].map(levelsTable),
      ...this.#relations.map(({ name, consumers }) => ({
        names: [name],
        table: sql`(SELECT consumer, toUInt8(1) AS ${id(name)} FROM (${consumers}))`,
      })),
    ];
  }

  /** Rows that a rule may see of a table, of consumers only. */
  rows(source: Source): Fragment {
    const { on } = this;
    return {
      events: sql`(SELECT * FROM ${own('events')} WHERE consumer != 0 AND day <= ${on})`,
      paid: sql`(SELECT *, ${netAmount(on)} AS net
        FROM ${paidLinesWithPlaces({ own: [] })} WHERE day <= ${on} AND until > toUInt16(${on}))`,
      profiles: sql`(SELECT * FROM ${own('profiles')} WHERE consumer != 0)`,
      memberships: joinedOn(on),
    }[source];
  }
}

/** One pass over rows of a table; who measures nothing but 0 is left out, as if there were no row. */
function passTable({ measures, tests }: Pass, rows: Fragment): { names: string[]; table: Fragment } {
  const names = measures.map(({ name }) => name);
  const columns = measures.map(({ name, aggregate }) => sql`${aggregate} AS ${id(name)}`);
  const some = names.map((name) => sql`${id(name)} != 0`);
  return {
    names,
    table: sql`(SELECT consumer, ${join(columns, ', ')} FROM ${rows} WHERE ${join(tests, ' OR ')}
      GROUP BY consumer HAVING ${join(some, ' OR ')})`,
  };
}

/** The levels of one rule set on every day that is asked for, in one pass over its spans. */
function levelsTable({ lens, measures }: Levels): { names: string[]; table: Fragment } {
  const days = [...measures.keys()].toSorted();
  const columns = [...measures].map(([day, name]) => {
    const on = sql`toUInt16(${as(day, 'Date')})`;
    return sql`sumIf(toInt32(level) * sign, start <= ${on} AND finish > ${on}) AS ${id(name)}`;
  });
  return {
    names: [...measures.values()],
    table: sql`(SELECT consumer, ${join(columns, ', ')} FROM ${spansWithin(lens, days[0] ?? '', days.at(-1) ?? '')}
      GROUP BY consumer)`,
  };
}
