import { AsyncLocalStorage } from 'node:async_hooks';
import type { Gate } from '../intake/context.ts';

interface Waiting {
  readonly alone: boolean;
  go(): void;
}

/**
 * A fair gate: who comes first goes first, questions side by side, a change of facts by itself. Work that is inside
 * already passes again, so that a question within a question cannot wait for itself.
 */
export function openGate(): Gate {
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
  const pass = async <T>(alone: boolean, work: () => Promise<T>): Promise<T> => {
    if (inside.getStore()?.open) return work();
    await new Promise<void>((go) => {
      queue.push({ alone, go });
      admit();
    });
    const scope = { open: true };
    try {
      return await inside.run(scope, work);
    } finally {
      scope.open = false;
      leave(alone);
    }
  };
  return { shared: (work) => pass(false, work), alone: (work) => pass(true, work) };
}
