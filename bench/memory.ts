import { readFileSync } from 'node:fs';

/**
 * Peak resident memory of a process and all below it: the sum of each one's own peak (VmHWM), so never less than what
 * stood at one moment. Note: /proc stands on Linux only; elsewhere there is no figure.
 */
export class PeakMemory {
  readonly #root: number;
  readonly #peaks = new Map<number, number>();

  constructor(root: number) {
    this.#root = root;
  }

  sample(): void {
    for (const pid of tree(this.#root)) {
      const peak = peakOf(pid);
      if (peak !== undefined) this.#peaks.set(pid, Math.max(peak, this.#peaks.get(pid) ?? 0));
    }
  }

  get mb(): number | null {
    if (this.#peaks.size === 0) return null;
    return Math.round([...this.#peaks.values()].reduce((sum, each) => sum + each, 0) / 1024);
  }
}

function tree(pid: number): number[] {
  const below = (proc(`${pid}/task/${pid}/children`) ?? '').split(' ').filter((each) => each !== '');
  return [pid, ...below.flatMap((each) => tree(Number(each)))];
}

/** Kilobytes; undefined for a process that is gone, and for the compiler that runs TypeScript unbuilt. */
function peakOf(pid: number): number | undefined {
  const status = proc(`${pid}/status`) ?? '';
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return peak === undefined || status.startsWith('Name:\tesbuild') ? undefined : Number(peak);
}

function proc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}
