import { QianchengError, UnavailableError } from '../../base/errors.ts';

/** A question that was asked, and what came of it. */
export interface HeardQuestion {
  /** Id of the analysis; `data` and `preview` are asked beside the shelf. */
  readonly analysis: string;
  /** `refused`: the caller's fault; `unavailable`: too much or too long for now; `failed`: a fault of the product. */
  readonly outcome: 'answered' | 'refused' | 'unavailable' | 'failed';
  /** Whether the engine was spared: `shared` with an equal question under way. */
  readonly cached: 'yes' | 'shared' | 'no';
  /** From asking to answer, waiting for a turn included. */
  readonly seconds: number;
}

/** Told of every question as it ends. */
export type Hear = (heard: HeardQuestion) => void;

/** Does the work of a question and tells what came of it. */
export async function hearing<T>(
  hear: Hear,
  { analysis, cached }: Pick<HeardQuestion, 'analysis' | 'cached'>,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const tell = (outcome: HeardQuestion['outcome']) =>
    hear({ analysis, outcome, cached, seconds: (performance.now() - started) / 1000 });
  try {
    const result = await work();
    tell('answered');
    return result;
  } catch (error) {
    tell(outcomeOf(error));
    throw error;
  }
}

function outcomeOf(error: unknown): HeardQuestion['outcome'] {
  if (error instanceof UnavailableError) return 'unavailable';
  return error instanceof QianchengError ? 'refused' : 'failed';
}
