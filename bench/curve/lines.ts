import type { Row } from '../work.ts';

/** What a row of a kept run must tell to stand in a picture. */
export type Kept = Pick<Row, 'work' | 'events' | 'seconds' | 'baseline' | 'baseline_seconds'>;

export interface Point {
  readonly events: number;
  readonly seconds: number;
}

/** One line of a picture, its points by their size. */
export interface Line {
  readonly name: string;
  readonly kind: Kind;
  readonly points: readonly Point[];
}

/** What a line belongs to, and so how it is drawn. */
export type Kind = 'question' | 'audience' | 'import' | 'limit';

/** The limit that no answer from the facts can go below. */
const SCAN = 'plain scan of events and order lines';

/** A line of each name, of every size the last run; names in the order they first come. */
export function linesOf(points: readonly (Point & { readonly name: string; readonly kind: Kind })[]): Line[] {
  const lines = new Map<string, { kind: Kind; points: Map<number, Point> }>();
  for (const { name, kind, events, seconds } of points) {
    const line = lines.get(name) ?? { kind, points: new Map<number, Point>() };
    line.points.set(events, { events, seconds });
    lines.set(name, line);
  }
  return [...lines].map(([name, line]) => ({
    name,
    kind: line.kind,
    points: [...line.points.values()].sort((a, b) => a.events - b.events),
  }));
}

/** Works that stand in no picture: a day's cost has its own, and a row beside DuckDB is its question's again. */
const isApart = (work: string): boolean =>
  work.endsWith('-duckdb') ||
  work.startsWith('shards-') ||
  /^(aipl-increment|analyses-memory|audience-refresh|collector|identity|import-day)/.test(work);

/** Seconds of every question against the number of events, and of the plain scan as the limit. */
export function costLines(rows: readonly Kept[]): Line[] {
  return linesOf(
    rows.flatMap(({ work, events, seconds, baseline, baseline_seconds }) => {
      if (seconds === null || isApart(work)) return [];
      const own = { name: work, kind: kindOf(work), events, seconds };
      const scan = { name: 'plain scan', kind: 'limit' as const, events, seconds: baseline_seconds ?? 0 };
      return baseline === SCAN && baseline_seconds !== null ? [own, scan] : [own];
    }),
  );
}

function kindOf(work: string): Kind {
  if (work.startsWith('import')) return 'import';
  return work.startsWith('audience') || work.startsWith('portrait') ? 'audience' : 'question';
}

/** What one more day, or a small import, costs, and what everything anew costs: name of the work, of its line, and of the other. */
const days: Readonly<Record<string, { readonly name: string; readonly anew: string; readonly kind: Kind }>> = {
  'import-day': { name: 'a day’s rows imported', anew: '', kind: 'import' },
  'aipl-increment': { name: 'stages after a day', anew: 'all stages anew', kind: 'question' },
  'audience-refresh': { name: 'audience after 1,000 rows', anew: 'audience anew', kind: 'audience' },
};

/** The cost of one more day against that of everything, over the number of events. */
export function dayLines(rows: readonly Kept[]): Line[] {
  return linesOf(
    rows.flatMap(({ work, events, seconds, baseline_seconds }) => {
      const day = days[work];
      if (!day || seconds === null) return [];
      const own = { name: day.name, kind: day.kind, events, seconds };
      if (baseline_seconds === null) return [own];
      return [own, { name: day.anew, kind: 'limit' as const, events, seconds: baseline_seconds }];
    }),
  );
}
