import type { FlowRow, MoveKind, MoveRow, TrendRow } from '../../data/rows.ts';

/** Consumers of all rows together. */
export function headcount(rows: readonly { readonly consumers: number }[]): number {
  return rows.reduce((sum, row) => sum + row.consumers, 0);
}

/** The rows with most consumers, the largest first; rows of equal size keep their order. */
export function largest<R extends { readonly consumers: number }>(rows: readonly R[], count: number): R[] {
  return rows.toSorted((a, b) => b.consumers - a.consumers).slice(0, count);
}

/** Moves of one kind, the largest first. */
export function movesOf(rows: readonly MoveRow[], kind: MoveKind): MoveRow[] {
  const own = rows.filter((row) => row.kind === kind);
  return largest(own, own.length);
}

/** A reason and the consumers whose move it explains, over all pairs of stages. */
export interface ReasonTotal {
  readonly reason: string;
  readonly consumers: number;
}

/** Consumers by reason, the largest first. */
export function reasonsOf(rows: readonly MoveRow[]): ReasonTotal[] {
  const totals = new Map<string, number>();
  for (const { reason, consumers } of rows) totals.set(reason, (totals.get(reason) ?? 0) + consumers);
  return largest(
    [...totals].map(([reason, consumers]) => ({ reason, consumers })),
    totals.size,
  );
}

/** What a flow comes to: who stayed where they were, and the largest band that went elsewhere. */
export interface FlowFacts {
  readonly all: number;
  readonly stayed: number;
  readonly band: FlowRow | undefined;
}

export function flowFacts(rows: readonly FlowRow[]): FlowFacts {
  const stayed = rows.filter((row) => row.from_stage === row.to_stage);
  const went = rows.filter((row) => row.from_stage !== row.to_stage);
  return { all: headcount(rows), stayed: headcount(stayed), band: largest(went, 1)[0] };
}

/** From the first day of a trend to its last: all stages together, and the stage that changed most. */
export interface TrendFacts {
  readonly first: number;
  readonly last: number;
  readonly stage: { readonly code: string; readonly by: number } | undefined;
}

export function trendFacts(rows: readonly TrendRow[]): TrendFacts {
  const days = [...new Set(rows.map((row) => row.date))];
  const of = (day: string | undefined) => rows.filter((row) => row.date === day);
  const [first, last] = [of(days[0]), of(days.at(-1))];
  const changes = last.map(({ stage, consumers }) => ({
    code: stage,
    by: consumers - (first.find((row) => row.stage === stage)?.consumers ?? 0),
  }));
  const stage = changes.toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  return { first: headcount(first), last: headcount(last), stage };
}
