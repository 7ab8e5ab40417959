import { AsyncLocalStorage } from 'node:async_hooks';
import type { Gate } from '../intake/context.ts';
import type { Locks } from '../registry/locks.ts';

/** The gate that several servers share. */
type Across = Pick<Locks, 'shared' | 'alone'>;

interface Waiting {
  readonly alone: boolean;
  go(): void;
}

/**
 * A fair gate: who comes first goes first, questions side by side, a change of facts by itself. Work that is inside
 * already passes again, so that a question within a question cannot wait for itself. `across` is the same among servers;
 * `whole` refuses questions while what they would see is half of a change.
 */
export function openGate(across?: Across, whole?: () => Promise<void>): Gate {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const queue: Waiting[] = [];
  let readers = 0;
  let writing = false;

  const admit = () => {
    for (let next = queue[0]; next && !writing && !(next.alone && readers > 0); next = queue[0]) {
      queue.shift();
      if (next.alone) writing = true;
      else readers += 1;
      next.go();
    }
  };
  const leave = (alone: boolean) => {
    if (alone) writing = false;
    else readers -= 1;
    admit();
  };
  const beyond = <T>(alone: boolean, work: () => Promise<T>): Promise<T> => {
    const seen = async () => {
      await whole?.();
      return work();
    };
    if (!across) return alone ? work() : seen();
    return alone ? across.alone('gate', work) : across.shared(seen);
  };
  const pass = async <T>(alone: boolean, work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()?.open) return work();
    await new Promise<void>((go) => {
      queue.push({ alone, go });
      admit();
    });
    const scope = { open: true };
    try {
      return await inside.run(scope, () => beyond(alone, work));
    } finally {
      scope.open = false;
      leave(alone);
    }
  };
  return { shared: (work) => pass(false, work), alone: (work) => pass(true, work) };
}
