import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from './dice.ts';
import type { ChaosProxy } from './proxy.ts';
import type { Serving } from './serving.ts';

/** Whom a kill meets, and how often of a hundred. */
const victims = { engine: 40, server: 25, tree: 25, start: 10 } as const;
export type Victim = keyof typeof victims;

export interface KillerOptions {
  readonly kills: number;
  readonly seed: number;
  /** Milliseconds that the server lives at most between two kills. */
  readonly longest: number;
  /** Told after each kill. */
  readonly after?: ((kills: number) => void) | undefined;
}

/** Kills a server's processes at random moments and starts them again; gives how many of each it killed. */
export async function kill(
  serving: Serving,
  proxy: ChaosProxy,
  { kills, seed, longest, after }: KillerOptions,
): Promise<Record<Victim, number>> {
  const dice = new Dice(seed);
  const done = { engine: 0, server: 0, tree: 0, start: 0 };
  for (let nth = 1; nth <= kills; nth++) {
    await pause(dice.between(0, longest));
    // The first ones are one of each, however few there are.
    const victim = (['engine', 'server', 'tree', 'start'] as const)[nth - 1] ?? dice.pick(victims);
    await strike(serving, victim, dice);
    done[victim] += 1;
    await serving.start();
    proxy.upstream = serving.port;
    after?.(nth);
  }
  return done;
}

async function strike(serving: Serving, victim: Victim, dice: Dice): Promise<void> {
  switch (victim) {
    case 'engine':
      // Note: the engine that is away just now comes with the next events.
      while (!serving.signalEngine('SIGKILL')) await pause(20);
      return;
    case 'server':
    case 'tree':
      return serving.kill(victim);
    case 'start':
      await serving.kill('tree');
      await serving.begin();
      await pause(dice.between(200, 3000));
      return serving.kill(dice.roll() < 0.5 ? 'tree' : 'server');
  }
}
