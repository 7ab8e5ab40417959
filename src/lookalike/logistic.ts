/** Rows of numbers side by side: `width` numbers a row. */
export interface Matrix {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** A logistic model: the log-odds of a row are the intercept and the sum of its numbers times the weights. */
export interface Logistic {
  readonly intercept: number;
  readonly weights: readonly number[];
}

export interface FitOptions {
  /** Penalty on half the sum of squared weights; the intercept is free. */
  readonly l2: number;
  /** Lets others have a turn between rows; a fit of many rows takes seconds. */
  breathe?(): Promise<void>;
}

const MOST_STEPS = 50;
const ENOUGH = 1e-9;
const ROWS_A_BREATH = 4000;

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Log-odds of a row of a matrix. */
export function logOdds({ intercept, weights }: Logistic, { values, width }: Matrix, row: number): number {
  let sum = intercept;
  for (let j = 0; j < width; j += 1) sum += (weights[j] ?? 0) * (values[row * width + j] ?? 0);
  return sum;
}

/** L2-penalised logistic regression of labels 0 and 1 by Newton's steps (iteratively reweighted least squares). */
export async function fitLogistic(x: Matrix, labels: ArrayLike<number>, options: FitOptions): Promise<Logistic> {
  let beta = new Float64Array(x.width + 1);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, curvature } = await derivatives(x, labels, beta, options);
    const move = solved(curvature, gradient);
    beta = beta.map((each, i) => each + (move[i] ?? 0));
    if (move.every((each) => Math.abs(each) < ENOUGH)) break;
  }
  return { intercept: beta[0] ?? 0, weights: [...beta.subarray(1)] };
}

/** Gradient of the penalised log-likelihood and its negative second derivatives; place 0 is the intercept. */
async function derivatives(x: Matrix, labels: ArrayLike<number>, beta: Float64Array, { l2, breathe }: FitOptions) {
  const size = x.width + 1;
  const gradient = beta.map((each, i) => (i === 0 ? 0 : -l2 * each));
  const curvature = new Float64Array(size * size);
  for (let i = 1; i < size; i += 1) curvature[i * size + i] = l2;
  const row = new Float64Array(size).fill(1, 0, 1);
  for (let n = 0; n < x.rows; n += 1) {
    if (breathe && n % ROWS_A_BREATH === ROWS_A_BREATH - 1) await breathe();
    row.set(x.values.subarray(n * x.width, (n + 1) * x.width), 1);
    addRow(row, labels[n] ?? 0, beta, { gradient, curvature });
  }
  return { gradient, curvature };
}

function addRow(
  row: Float64Array,
  label: number,
  beta: Float64Array,
  { gradient, curvature }: { readonly gradient: Float64Array; readonly curvature: Float64Array },
): void {
  const size = row.length;
  let z = 0;
  for (let i = 0; i < size; i += 1) z += (beta[i] ?? 0) * (row[i] ?? 0);
  const p = sigmoid(z);
  const [miss, weight] = [label - p, p * (1 - p)];
  for (let i = 0; i < size; i += 1) {
    const value = row[i] ?? 0;
    if (value === 0) continue;
    gradient[i] = (gradient[i] ?? 0) + miss * value;
    const scaled = weight * value;
    for (let j = 0; j <= i; j += 1) {
      const at = i * size + j;
      curvature[at] = (curvature[at] ?? 0) + scaled * (row[j] ?? 0);
    }
  }
}

/** Solves a symmetric positive definite system of which the lower half is given, by Cholesky's factors. */
function solved(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = factored(lower, size);
  const at = (i: number, j: number): number => factor[i * size + j] ?? 0;
  const found = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) found[i] = (found[i] ?? 0) - at(i, k) * (found[k] ?? 0);
    found[i] = (found[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) found[i] = (found[i] ?? 0) - at(k, i) * (found[k] ?? 0);
    found[i] = (found[i] ?? 0) / at(i, i);
  }
  return found;
}

/** The lower triangle whose square is a symmetric matrix. */
function factored(lower: Float64Array, size: number): Float64Array {
  const factor = Float64Array.from(lower);
  for (let j = 0; j < size; j += 1)
    for (let i = j; i < size; i += 1) {
      let sum = factor[i * size + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (factor[i * size + k] ?? 0) * (factor[j * size + k] ?? 0);
      // Note: a column that is a sum of others leaves nothing; the tiny rest keeps its weight finite.
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-10)) : sum / (factor[j * size + j] ?? 1);
    }
  return factor;
}
