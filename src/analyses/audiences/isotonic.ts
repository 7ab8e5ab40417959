/** An observation: what was predicted, what was observed, and how much it counts, more than 0. */
export interface Observation {
  readonly predicted: number;
  readonly observed: number;
  readonly weight: number;
}

interface Block {
  readonly sum: number;
  readonly weight: number;
  /** Where its observations stand in the list given. */
  readonly places: readonly number[];
}

/**
 * For each observation, in their order, the value at its prediction of the curve that never falls and comes closest to
 * what was observed, by weighted least squares: pool-adjacent-violators (Ayer and others 1955). Equal predictions have
 * equal values.
 */
export function isotonic(observations: readonly Observation[]): number[] {
  const fitted = new Array<number>(observations.length);
  for (const block of neverFalling(byPrediction(observations)))
    for (const place of block.places) fitted[place] = meanOf(block);
  return fitted;
}

/** A block a prediction, the lowest first. */
function byPrediction(observations: readonly Observation[]): Block[] {
  const blocks = new Map<number, Block>();
  for (const [place, { predicted, observed, weight }] of observations.entries()) {
    const one = { sum: observed * weight, weight, places: [place] };
    const before = blocks.get(predicted);
    blocks.set(predicted, before ? pooled(before, one) : one);
  }
  return [...blocks].toSorted(([a], [b]) => a - b).map(([, block]) => block);
}

/** Pools neighbours until no mean is below the one before it. */
function neverFalling(blocks: readonly Block[]): Block[] {
  const done: Block[] = [];
  for (const next of blocks) {
    let block = next;
    for (let last = done.at(-1); last && meanOf(last) > meanOf(block); last = done.at(-1)) {
      done.pop();
      block = pooled(last, block);
    }
    done.push(block);
  }
  return done;
}

const pooled = (one: Block, other: Block): Block => ({
  sum: one.sum + other.sum,
  weight: one.weight + other.weight,
  places: [...one.places, ...other.places],
});

const meanOf = ({ sum, weight }: Block): number => sum / weight;
