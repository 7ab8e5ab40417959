import { openProduct } from '../../../src/app/product.ts';
import { sql } from '../../../src/warehouse/sql.ts';
import type { Told } from './told.ts';

/** What a home holds of the events of a source, beside what its sender knows. */
export interface Stored {
  readonly source: string;
  readonly sent: number;
  readonly delivered: number;
  /** Rows of events. */
  readonly stored: number;
  /** Delivered and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** There and never sent. */
  readonly strange: readonly string[];
  /** Counters of the source. */
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Compares a home that nothing serves with what was sent to it. */
export async function compare(home: string, told: readonly Told[]): Promise<readonly Stored[]> {
  const product = await openProduct(home, {}, () => new Date());
  try {
    const rows = await product.installation.context.warehouse.rows<{ source: string; id: string; rows: number }>(
      sql`SELECT source, event_id AS id, count() AS rows FROM events GROUP BY source, event_id`,
    );
    const counted = await product.sources();
    return told.map(({ source, sent, delivered }) => {
      const own = rows.filter((row) => row.source === source);
      const there = new Set(own.map(({ id }) => id));
      const { accepted = 0, duplicate = 0, rejected = 0 } = counted.find(({ name }) => name === source) ?? {};
      return {
        source,
        sent: sent.size,
        delivered: delivered.size,
        stored: own.reduce((sum, row) => sum + row.rows, 0),
        lost: [...delivered].filter((id) => !there.has(id)),
        doubled: own.filter(({ rows: times }) => times > 1).map(({ id }) => id),
        strange: [...there].filter((id) => !sent.has(id)),
        accepted,
        duplicate,
        rejected,
      };
    });
  } finally {
    await product.close();
  }
}

/** What is wrong with a source's events, in words; none where each delivered one is there once and the counters agree. */
export function faultsOf(each: Stored): readonly string[] {
  const { source, stored, accepted, rejected } = each;
  const listed = (['lost', 'doubled', 'strange'] as const)
    .filter((name) => each[name].length > 0)
    .map((name) => `${source}: ${each[name].length} ${name}, such as ${each[name].slice(0, 3).join(' ')}`);
  return [
    ...listed,
    ...(accepted === stored ? [] : [`${source}: ${stored} stored, and ${accepted} counted as accepted`]),
    ...(rejected === 0 ? [] : [`${source}: ${rejected} rejected`]),
  ];
}
