import { as, sql } from '../../warehouse/sql.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** A push as its groups lie in the warehouse. */
export interface Grouped {
  readonly name: string;
  /** Day on which everybody came in. */
  readonly day: string;
  /** Consumers and their sides: 1 is sent, 0 is control. */
  readonly sides: readonly (readonly [consumer: number, side: number])[];
  /** Share of controls meant, per ten thousand. */
  readonly holdout: number;
}

/** Card of a consumer of a small world: its number and a thousand. */
export const cardOf = (consumer: number): number => consumer + 1000;

/** Keeps the groups of one push in place of all that were kept before. */
export async function keepGroups(warehouse: Warehouse, { name, day, sides, holdout }: Grouped): Promise<void> {
  await warehouse.everywhere(sql`TRUNCATE TABLE people`);
  await warehouse.everywhere(sql`TRUNCATE TABLE push_members`);
  const [consumers, of] = [sides.map(([consumer]) => consumer), sides.map(([, side]) => side)];
  await warehouse.run(sql`INSERT INTO people (who, consumer, version)
    SELECT one + 1000, one, 1 FROM (SELECT arrayJoin(${consumers}) AS one)`);
  await warehouse.run(sql`INSERT INTO push_members (push, name, who, side, run, day, holdout)
    SELECT 1, ${name}, tupleElement(each, 1) + 1000, tupleElement(each, 2), 1, ${as(day, 'Date')}, ${holdout}
    FROM (SELECT arrayJoin(arrayZip(${consumers}, ${of})) AS each)`);
}
