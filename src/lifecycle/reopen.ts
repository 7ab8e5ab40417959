import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import type { Scope } from '../model/scope.ts';
import { as, empty, type Fragment, id, own, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { matterFrom, stageSpansFrom } from './spans.ts';

/** What a refresh opens again: the consumers of whom a fact has changed, from a day number on. */
export interface Reopened {
  /** Who they are: a test by the column `consumer`. */
  readonly which: Fragment;
  /** How many they are. */
  readonly consumers: number;
  /** No fact before this day number has changed. A stage never looks ahead, so neither has a span that ended before it. */
  readonly from: number;
  /** The refresh that does so. */
  readonly batch: number;
}

/**
 * Takes back what stood of the touched consumers from the first changed day on, and puts what stands now: both are
 * additions, none is a rewrite. Their events that matter are copied aside first, so that the facts are scanned only once.
 */
export async function reopen(warehouse: Warehouse, rules: RuleSet, scope: Scope, reopened: Reopened): Promise<void> {
  const { which } = reopened;
  await takeBack(warehouse, rulesKey(rules), reopened);
  await copyEvents(warehouse, scope, sql`${which} AND ${matterFrom(rules, reopened.from)} ${found(reopened)}`);
  const now = stageSpansFrom(rules, scope, { from: reopened.from, which, events: copy });
  await putSpans(warehouse, rulesKey(rules), reopened.batch, joinedOn(rulesKey(rules), now, reopened));
  await dropCopy(warehouse);
}

/** Consumers beyond which nearly every granule holds one, so that looking for those that do is work for nothing. */
const MOST_LOOKED_UP = 20_000;

/** Ends a question for the touched consumers by how they are found. */
const found = ({ consumers }: Reopened): Fragment =>
  sql`SETTINGS use_index_for_in_with_subqueries = ${as(consumers > MOST_LOOKED_UP ? 0 : 1, 'UInt8')}`;

/** Adds spans to the kept ones. Note: small blocks, for the lives of a block's consumers are in memory several times over. */
export async function putSpans(warehouse: Warehouse, key: string, batch: number, spans: Fragment): Promise<void> {
  const put = (part: Fragment) => sql`INSERT INTO ${part} (rules, consumer, start, finish, level, sign, batch)
    SELECT ${key}, consumer, start, finish, level, toInt8(1), ${as(batch, 'UInt32')} FROM ${spans}
    SETTINGS max_block_size = 8192`;
  await warehouse.onParts('stage_spans', put);
}

/** Note: by the order of the parts a few rows of many parts would be grouped ten times as slowly. */
async function takeBack(warehouse: Warehouse, key: string, reopened: Reopened): Promise<void> {
  const { from, batch, which } = reopened;
  const take = (part: Fragment) => sql`INSERT INTO ${part} (rules, consumer, start, finish, level, sign, batch)
    SELECT ${key}, consumer, start, finish, level, toInt8(-sum(sign)) AS taken, ${as(batch, 'UInt32')}
    FROM ${part} WHERE rules = ${key} AND finish >= ${from} AND ${which}
    GROUP BY consumer, start, finish, level HAVING taken != 0 ${found(reopened)}, optimize_aggregation_in_order = 0`;
  await warehouse.onParts('stage_spans', take);
}

/** What stood until `from` and what stands from then on, as one span where the stage is the same. */
function joinedOn(key: string, now: Fragment, { from, batch }: Reopened): Fragment {
  const day = sql`${as(from, 'UInt16')}`;
  return sql`(SELECT consumer, min(since) AS start, max(until) AS finish, level FROM (
      SELECT consumer, start AS since, ${day} AS until, level FROM ${own('stage_spans')}
        WHERE rules = ${key} AND batch = ${batch} AND sign < 0 AND start < ${day}
      UNION ALL SELECT consumer, greatest(start, ${day}) AS since, finish AS until, level FROM ${now})
    GROUP BY consumer, level, if(until = ${day}, until, since))`;
}

const copy = id('reopened_events');

/** Copies the columns that stages are made of; item and brand only where they decide whose a row is. */
async function copyEvents(warehouse: Warehouse, { own }: Scope, which: Fragment): Promise<void> {
  const columns = sql`consumer, day, at, behavior, order_id, value${own.length > 0 ? sql`, item_id, brand` : empty}`;
  await dropCopy(warehouse);
  const like = (part: Fragment) => sql`CREATE TABLE ${copy} AS ${part} ENGINE = MergeTree ORDER BY (consumer, day)`;
  await warehouse.onParts('events', like);
  const fill = (part: Fragment) => sql`INSERT INTO ${copy} (${columns}) SELECT ${columns} FROM ${part} WHERE ${which}`;
  await warehouse.onParts('events', fill);
}

async function dropCopy(warehouse: Warehouse): Promise<void> {
  await warehouse.everywhere(sql`DROP TABLE IF EXISTS ${copy} SYNC`);
}
