import { clickhouse, formatDialect } from 'sql-formatter';

/** The SQL of the engine, indented by its clauses. */
export function format(sql: string): string {
  return formatDialect(sql, { dialect: clickhouse, expressionWidth: 88 });
}
