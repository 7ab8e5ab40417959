import type { Consumer } from '../../../src/api/consumers.ts';

export type Span = Consumer['stages'][number];

/** A span of a stage as it is drawn: where it begins and how long it is, as shares of the whole, 0..1. */
export interface Band {
  readonly stage: string;
  readonly from: string;
  /** Last day of the span, cut off at the end of what is shown. */
  readonly to: string;
  readonly isOpen: boolean;
  readonly days: number;
  readonly start: number;
  readonly length: number;
}

const MS_PER_DAY = 86_400_000;
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);

/** Spans over the days from the first of them to `last`; a span that begins later is not shown. */
export function bandsOf(spans: readonly Span[], last: string): Band[] {
  const shown = spans.filter(({ from }) => from <= last);
  const first = Math.min(...shown.map(({ from }) => dayNumber(from)));
  const whole = dayNumber(last) - first + 1;
  return shown.map(({ stage, from, to }) => {
    const isOpen = to === null || to > last;
    const end = isOpen ? last : to;
    const days = dayNumber(end) - dayNumber(from) + 1;
    return { stage, from, to: end, isOpen, days, start: (dayNumber(from) - first) / whole, length: days / whole };
  });
}
