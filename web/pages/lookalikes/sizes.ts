import type { Lookalike } from '../../../src/api/lookalikes.ts';

/** A size of a lookalike and what to expect of it. */
export type Size = Lookalike['report']['curve'][number];

/** Part of those outside the seed that is proposed at first. */
const USUAL_PART = 0.05;

/** The size that is proposed at first; undefined where the curve is empty. */
export function usualSize(curve: readonly Size[]): Size | undefined {
  return curve.find(({ part }) => part >= USUAL_PART) ?? curve.at(-1);
}

/** What to expect of any size: between two sizes of the curve in proportion, and at its ends what they say. */
export function sizeAt(curve: readonly Size[], consumers: number): Size | undefined {
  const above = curve.find((each) => each.consumers >= consumers);
  const below = curve.findLast((each) => each.consumers <= consumers);
  if (!above) return below && { ...below };
  if (!below || below.consumers === above.consumers) return { ...above, consumers };
  const way = (consumers - below.consumers) / (above.consumers - below.consumers);
  const between = (name: 'part' | 'caught' | 'density' | 'alike') => below[name] + way * (above[name] - below[name]);
  return {
    ...{ consumers, part: between('part'), caught: between('caught') },
    ...{ density: between('density'), alike: between('alike') },
  };
}

/** The place on the curve that a size is nearest to. */
export function placeOn(curve: readonly Size[], consumers: number): number {
  const away = curve.map((each) => Math.abs(each.consumers - consumers));
  return Math.max(0, away.indexOf(Math.min(...away)));
}
