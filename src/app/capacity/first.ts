import { lastConsumer } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { sql } from '../../warehouse/sql.ts';
import type { Asked } from '../asking.ts';
import { stagesKept } from '../lifecycle.ts';

/** Seconds for the stages of all events, and the tags of all consumers, each found for the first time: bench/RESULTS.md, two cores. */
const STAGES_OF_AN_EVENT = 0.4e-6;
const TAGS_OF_A_CONSUMER = 27e-6;

/**
 * Seconds that go before a question because what it stands on is not kept yet: the stages of a rule set, or the tags as of
 * a day. Where it is kept, bringing it up takes what has changed, and counts as none.
 */
export async function secondsFirst(context: Context, { analysis, lens }: Asked): Promise<number> {
  const { warehouse } = context;
  const isKept = await stagesKept(context, lens.rules);
  const tags = analysis.reads === 'tags' && !lens.tags ? TAGS_OF_A_CONSUMER * (await lastConsumer(warehouse)) : 0;
  if (isKept) return tags;
  const [row] = await warehouse.rows<{ events: number }>(sql`SELECT count() AS events FROM events`);
  return tags + STAGES_OF_AN_EVENT * (row?.events ?? 0);
}
