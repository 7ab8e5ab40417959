import type { Row } from './answers.ts';

/** Consumers at a stage on a day. */
export interface StockRow extends Row {
  readonly stage: string;
  readonly consumers: number;
}

/** Consumers by their stages on two days; `none` is no stage. */
export interface FlowRow extends Row {
  readonly from_stage: string;
  readonly to_stage: string;
  readonly consumers: number;
}

export const moveKinds = ['deepened', 'added', 'shallowed', 'lost'] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Consumers whose stage changed between two days, by pair of stages and reason. */
export interface MoveRow extends FlowRow {
  readonly kind: MoveKind;
  readonly reason: string;
}

/** Consumers at a stage at the end of a day. */
export interface TrendRow extends StockRow {
  readonly date: string;
}

export const fastMetrics = ['F', 'A', 'S', 'T'] as const;
export type FastMetric = (typeof fastMetrics)[number];

/** One of the four metrics: F and S are counts, A and T shares 0..1. */
export interface FastRow extends Row {
  readonly metric: FastMetric;
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
}

/** A metric of the period that ends on a day. */
export interface FastTrendRow extends FastRow {
  readonly date: string;
}

/** What one source added to or took from the net sales of a category, in the currency's major unit. */
export interface GrowRow extends Row {
  readonly category_id: string;
  readonly metric: string;
  readonly value: number;
}

/** Buyers of one of the eight classes and their net amount. */
export interface RfmRow extends Row {
  readonly class: string;
  readonly name: string;
  readonly consumers: number;
  readonly amount: number;
}

/** Consumers with an nth purchase, and how many of them bought again in time. */
export interface RepurchaseRow extends Row {
  readonly nth: number;
  readonly consumers: number;
  readonly repurchased: number;
  readonly rate: number;
}

/** How many of a cohort came back in a period after its beginning (period 0). */
export interface RetentionRow extends Row {
  readonly cohort: string;
  readonly period: number;
  readonly consumers: number;
  readonly retained: number;
  readonly rate: number;
}

/** The rows of an answer as those of its analysis. */
export function rowsAs<R extends Row>(rows: readonly Row[]): readonly R[] {
  return rows as readonly R[]; // as: the server checks rows against the analysis they come from
}
