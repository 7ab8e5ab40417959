/** Numbers with the same distance between each two: the first, how many, and the distance. */
export type Run = readonly [first: number, count: number, step: number];

/** Numbers as few runs, the least first: those of several sources that come in turn are one run each. */
export function runsOf(numbers: readonly number[], known: readonly Run[] = []): Run[] {
  const sorted = [...known.flatMap(numbersOf), ...numbers].sort((a, b) => a - b);
  const runs: Array<[number, number, number]> = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last && last[1] === 1 && number > last[0]) runs.splice(-1, 1, [last[0], 2, number - last[0]]);
    else if (last && number === last[0] + last[1] * last[2]) last[1] += 1;
    else runs.push([number, 1, 1]);
  }
  return runs;
}

export function numbersOf([first, count, step]: Run): number[] {
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/** A file of the ledger, and the numbers that facts of it bear where those are of others that were folded into it. */
export interface Numbered {
  readonly id: number;
  readonly numbers: readonly Run[] | null;
}

/** Finds the file of the ledger that a number of facts belongs to. */
export function byNumber<F extends Numbered>(files: readonly F[]): (number: number) => F | undefined {
  const own = new Map(files.map((file) => [file.id, file]));
  const folded = files.filter((file) => file.numbers !== null);
  const holds = (number: number) => (run: Run) =>
    number >= run[0] && number < run[0] + run[1] * run[2] && (number - run[0]) % run[2] === 0;
  return (number) => own.get(number) ?? folded.find((file) => file.numbers?.some(holds(number)));
}
