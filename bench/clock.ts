/** Seconds one piece of work takes, and what it gives. */
export async function timed<T>(work: () => Promise<T> | T): Promise<{ seconds: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
}

const WARM_RUNS = 5;

/** Once runs have taken so long together, the median of those done will do. */
const LONG_SECONDS = 40;

/** The median of five runs after one that warms, fewer where they are long, and what the last gave. */
export async function warmMedian<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  let { result } = await timed(work);
  const seconds: number[] = [];
  for (let run = 0; run < WARM_RUNS && (run === 0 || sum(seconds) < LONG_SECONDS); run += 1) {
    const each = await timed(work);
    seconds.push(each.seconds);
    result = each.result;
  }
  return { seconds: median(seconds), result };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** The middle value; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
