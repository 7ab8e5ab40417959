import type { Logistic, Matrix } from './logistic.ts';

/** Mean and standard deviation of each column; of one that does not vary the deviation is 1. */
export interface Scale {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

export function scaleOf({ rows, width, values }: Matrix): Scale {
  const means = new Array<number>(width).fill(0);
  const squares = new Array<number>(width).fill(0);
  for (let n = 0; n < rows; n += 1)
    for (let j = 0; j < width; j += 1) means[j] = (means[j] ?? 0) + (values[n * width + j] ?? 0) / rows;
  for (let n = 0; n < rows; n += 1)
    for (let j = 0; j < width; j += 1)
      squares[j] = (squares[j] ?? 0) + ((values[n * width + j] ?? 0) - (means[j] ?? 0)) ** 2 / rows;
  return { means, deviations: squares.map((each) => (each > 1e-12 ? Math.sqrt(each) : 1)) };
}

/** Columns brought to mean 0 and deviation 1, so that one penalty weighs them alike. */
export function standardised({ rows, width, values }: Matrix, { means, deviations }: Scale): Matrix {
  return {
    rows,
    width,
    values: values.map((each, at) => (each - (means[at % width] ?? 0)) / (deviations[at % width] ?? 1)),
  };
}

/** A model of standardised columns as one of the columns themselves. */
export function unscaled({ intercept, weights }: Logistic, { means, deviations }: Scale): Logistic {
  const own = weights.map((weight, j) => weight / (deviations[j] ?? 1));
  return { intercept: own.reduce((sum, weight, j) => sum - weight * (means[j] ?? 0), intercept), weights: own };
}
