import { type Fragment, sql } from './sql.ts';
import type { Caps, Payload, UnderWay } from './warehouse.ts';

export type Settings = Record<string, string | number>;

const DEFAULT_SECONDS = 600;
const DEFAULT_MEMORY = 1_400_000_000;

/** Note: making machine code of a statement at its third time takes as long as a small question, and no question is quicker for it. */
const interpreted: Settings = { compile_expressions: 0, compile_aggregate_expressions: 0, compile_sort_description: 0 };

/** Note: bounds that follow from chains of comparisons (a < b AND b < 5), of which questions have none, cost a sixth of planning a deep one. */
const unchained: Settings = { optimize_and_compare_chain: 0 };

/**
 * Values of a set up to which its granules are looked up. Note: beyond, nearly every granule holds one, the look-up takes
 * longer than the reading, and of some millions more memory than a statement has (26.7).
 */
const MOST_LOOKED_UP = 100_000;

/** Engine settings of one statement: its caps, and what both engines must agree on. */
export function settingsOf(caps: Caps = {}): Settings {
  const memory = caps.memoryBytes ?? DEFAULT_MEMORY;
  return {
    max_execution_time: caps.seconds ?? DEFAULT_SECONDS,
    max_memory_usage: memory,
    max_bytes_before_external_group_by: Math.floor(memory / 2),
    max_bytes_before_external_sort: Math.floor(memory / 2),
    ...(caps.spills ? spilling(memory) : {}),
    ...(caps.diskBytes === undefined ? {} : { max_temporary_data_on_disk_size_for_query: caps.diskBytes }),
    optimize_aggregation_in_order: 1,
    use_index_for_in_with_subqueries_max_values: MOST_LOOKED_UP,
    ...interpreted,
    ...unchained,
    join_use_nulls: 0,
    insert_null_as_default: 1,
    session_timezone: 'UTC',
    mutations_sync: 2,
    lightweight_deletes_sync: 2,
    log_comment: caps.label ?? '',
    ...(caps.threads === undefined ? {} : { max_threads: caps.threads }),
    ...(caps.writers === undefined ? {} : writing(caps.writers)),
    ...deduplication(caps.token),
  };
}

/**
 * Groups, sorts and joins go to disk from a quarter of the memory on. Note: `max_bytes_before_external_join` does not do
 * it for joins on several threads (26.7); grace hash does from the start, and what it cannot join is joined as usual.
 */
function spilling(memory: number): Settings {
  const early = Math.floor(memory / 4);
  return {
    max_bytes_before_external_group_by: early,
    max_bytes_before_external_sort: early,
    max_bytes_in_join: early,
    join_algorithm: 'direct,grace_hash,hash',
  };
}

/** Several writers hold a block each, so their blocks are smaller. */
function writing(writers: number): Settings {
  return {
    max_insert_threads: writers,
    min_insert_block_size_rows: 400_000,
    min_insert_block_size_bytes: 100_000_000,
  };
}

/** Note: without a token the engine would drop a payload that happens to equal an earlier one. */
function deduplication(token: string | undefined): Settings {
  if (token === undefined) return { deduplicate_insert: 'disable', deduplicate_insert_select: 'disable' };
  return {
    deduplicate_insert: 'enable',
    deduplicate_insert_select: 'force_enable',
    insert_deduplication_token: token,
  };
}

/** How rows come back as JSON, and how files are read: no value is guessed, trimmed or turned into NULL. */
export const formatSettings: Settings = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  output_format_json_array_of_rows: 0,
  format_csv_allow_single_quotes: 0,
  input_format_csv_empty_as_default: 0,
  input_format_null_as_default: 0,
  input_format_csv_detect_header: 0,
  input_format_tsv_detect_header: 0,
  input_format_csv_trim_whitespaces: 0,
  input_format_parallel_parsing: 1,
};

/** Stops the statement that runs under a label. Note: never SYNC, which hangs. */
export function killStatement(label: string): Fragment {
  return sql`KILL QUERY WHERE Settings['log_comment'] = ${label} ASYNC`;
}

/** What runs under a label, as the engine that is asked sees it. */
export function statementsUnder(label: string): Fragment {
  return sql`SELECT count() AS statements, sum(read_rows) AS rows, sum(total_rows_approx) AS total,
      max(peak_memory_usage) AS memory
    FROM system.processes WHERE Settings['log_comment'] = ${label}`;
}

export const nothingUnderWay: UnderWay = { statements: 0, rows: 0, total: 0, memory: 0 };

/** A payload's own way of writing fields. Payloads of readers never quote, so a quote is a character like any other. */
export function csvSettings(payload: Payload): Settings {
  if (payload.format !== 'CSV') return {};
  return { format_csv_delimiter: payload.delimiter ?? ',', format_csv_allow_double_quotes: 0 };
}
