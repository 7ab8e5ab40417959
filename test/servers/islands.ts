import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { Ground } from './clickhouse.ts';

/** Machines of a test with a network of their own: each a network namespace, joined by a bridge that the test reaches too. */
export interface Islands {
  readonly grounds: readonly Ground[];
  /** Lets nothing through between two of them, and tells neither. */
  cut(one: number, other: number): void;
  mend(one: number, other: number): void;
  remove(): void;
}

/** A hardware address that nobody has: what is sent to it is lost on the way. */
const NOBODY = '02:00:00:00:00:99';

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Why no networks can be made here, as the reason of a skip; undefined where they can. */
export function islandsMissing(): string | undefined {
  try {
    makeIslands(1).remove();
    return undefined;
  } catch {
    return "only root may make network namespaces, on Linux, with Debian's package iproute2";
  }
}

/** Makes so many machines; each takes what one of `grounds` says. */
export function makeIslands(count: number): Islands {
  const mark = `qc${randomInt(36 ** 5).toString(36)}`;
  const net = `10.${randomInt(128, 255)}.${randomInt(255)}`;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const spaceOf = (n: number) => `${mark}n${n}`;
  const hostOf = (n: number) => `${net}.${n}`;
  const remove = () => {
    for (const undo of [...numbers.map((n) => ['netns', 'del', spaceOf(n)]), ['link', 'del', mark]])
      try {
        ip(...undo);
      } catch {
        // What was not made need not go.
      }
  };
  try {
    ip('link', 'add', mark, 'type', 'bridge');
    ip('addr', 'add', `${net}.254/24`, 'dev', mark);
    ip('link', 'set', mark, 'up');
    for (const n of numbers) join(mark, spaceOf(n), `${mark}v${n}`, hostOf(n));
  } catch (error) {
    remove();
    throw error;
  }
  const between = (one: number, other: number, ...change: string[]) => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      ip('-n', spaceOf(from + 1), 'neigh', ...change.slice(0, 1), hostOf(to + 1), ...change.slice(1), 'dev', 'eth0');
  };
  return {
    grounds: numbers.map((n) => ({ network: { host: hostOf(n), enter: ['ip', 'netns', 'exec', spaceOf(n)] } })),
    cut: (one, other) => between(one, other, 'replace', 'lladdr', NOBODY, 'nud', 'permanent'),
    mend: (one, other) => between(one, other, 'del'),
    remove,
  };
}

function join(bridge: string, space: string, plug: string, host: string): void {
  ip('netns', 'add', space);
  ip('link', 'add', plug, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
  ip('link', 'set', plug, 'master', bridge, 'up');
  ip('-n', space, 'addr', 'add', `${host}/24`, 'dev', 'eth0');
  ip('-n', space, 'link', 'set', 'lo', 'up');
  ip('-n', space, 'link', 'set', 'eth0', 'up');
}
