import { literal } from './bound.ts';
import type { Settings } from './caps.ts';
import type { Layout } from './sql.ts';
import type { Caps } from './warehouse.ts';

/**
 * What makes a statement over distributed facts mean what it means on one server: the right side of IN and JOIN is
 * gathered once and sent to every shard; an insert is done when every shard has it; a shard that does not answer fails
 * the question, for a smaller number would be a wrong one. Note: a filter pushed into what a shard reads goes without the
 * set it asks for (26.7: an error, or silently fewer rows), and so does an INSERT SELECT that shards do by themselves.
 * Note: shards are read to their end even where a LIMIT has enough: the package's server dies of a connection that is let
 * go early (26.7).
 */
const distributed: Settings = {
  distributed_product_mode: 'global',
  prefer_global_in_and_join: 1,
  distributed_foreground_insert: 1,
  skip_unavailable_shards: 0,
  optimize_skip_unused_shards: 1,
  optimize_distributed_group_by_sharding_key: 1,
  query_plan_filter_push_down: 0,
  parallel_distributed_insert_select: 0,
  distributed_group_by_no_merge: 0,
  exact_rows_before_limit: 1,
  connect_timeout_with_failover_ms: 2000,
  connections_with_failover_max_tries: 2,
};

/** A shard at work tells how far it is every tenth of a second; one that says nothing for so long is gone. */
const LONGEST_SILENCE_SECONDS = 60;
const LONGEST_GREETING_SECONDS = 10;

/** The same, with how long a shard may be silent: no longer than the statement may take. */
export function distributedSettings(caps: Caps | undefined): Settings {
  const seconds = caps?.seconds ?? LONGEST_SILENCE_SECONDS;
  return {
    ...distributed,
    receive_timeout: Math.min(seconds, LONGEST_SILENCE_SECONDS),
    handshake_timeout_ms: Math.min(seconds, LONGEST_GREETING_SECONDS) * 1000,
  };
}

/** Name of a shard's own part of a table of facts. */
export const partOf = (table: string): string => `${table}_local`;

/** How tables are called on a cluster: by the statements of the first shard, which puts the questions, and on each shard. */
export interface ClusterLayout {
  readonly head: Layout;
  readonly shard: Layout;
}

/**
 * `facts` are the tables that lie spread over the shards; of all others the first shard has the rows, and the rest have
 * empty ones of the same name.
 */
export function clusterLayout(cluster: string, database: string, facts: ReadonlySet<string>): ClusterLayout {
  const here = (table: string) => `\`${database}\`.\`${facts.has(table) ? partOf(table) : table}\``;
  const everywhere = (table: string) =>
    `cluster(${literal(cluster)}, ${literal(database)}, ${literal(facts.has(table) ? partOf(table) : table)})`;
  const shard: Layout = {
    own: here,
    whole: everywhere,
    perConsumer: (question) => `(${question})`,
    get inside() {
      return shard;
    },
  };
  const head: Layout = {
    own: (table) => table,
    whole: (table) => table,
    perConsumer: (question) => `cluster(${literal(cluster)}, view(${question}))`,
    inside: shard,
  };
  return { head, shard };
}
