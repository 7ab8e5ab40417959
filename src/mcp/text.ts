import type { Analysis } from '../analyses/analysis.ts';
import type { Answer } from '../app/reports.ts';

/** Rows shown as text; all of them are in the data. */
const MOST_ROWS = 50;

/** An answer in short: what it stands on, and its first rows, tab between columns. */
export function answerText({ id, columns }: Analysis, { rows, as_of, rules }: Answer): string {
  const names = Object.keys(columns);
  const shown = rows.slice(0, MOST_ROWS).map((row) => names.map((name) => String(row[name] ?? '')).join('\t'));
  const rest = rows.length > MOST_ROWS ? [`... and ${rows.length - MOST_ROWS} rows more`] : [];
  return [`${id}: ${rows.length} rows, as of ${as_of}, rules ${rules}`, names.join('\t'), ...shown, ...rest].join('\n');
}
