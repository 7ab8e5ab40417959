/** One cause: what it added, below zero what it took. */
export interface WaterfallPart {
  readonly id: string;
  readonly name: string;
  readonly value: number;
}

interface Sides {
  readonly positive: number;
  readonly negative: number;
}

/** One bar: a transparent base that carries a body, each split at zero. */
export interface WaterfallStep {
  readonly name: string;
  readonly value: number;
  /** Absent for the beginning and the sum. */
  readonly part: WaterfallPart | undefined;
  readonly base: Sides;
  readonly body: Sides;
  /** The side of zero whose body carries the number. */
  readonly labelled: 'positive' | 'negative';
}

/** Bars of a waterfall, each from where the one before ended. */
export function stepsOf(
  parts: readonly WaterfallPart[],
  start?: { readonly name: string; readonly value: number },
  end?: string,
): WaterfallStep[] {
  const steps: WaterfallStep[] = [];
  let at = start?.value ?? 0;
  if (start) steps.push(stepOf(start.name, start.value, 0, start.value));
  for (const part of parts) {
    steps.push(stepOf(part.name, part.value, at, at + part.value, part));
    at += part.value;
  }
  if (end !== undefined) steps.push(stepOf(end, at, 0, at));
  return steps;
}

function stepOf(name: string, value: number, from: number, to: number, part?: WaterfallPart): WaterfallStep {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  return {
    name,
    value,
    part,
    base: { positive: Math.max(0, low), negative: Math.min(0, high) },
    body: { positive: Math.max(0, high) - Math.max(0, low), negative: Math.min(0, low) - Math.min(0, high) },
    labelled: high > 0 ? 'positive' : 'negative',
  };
}
