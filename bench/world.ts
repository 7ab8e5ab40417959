import { join } from 'node:path';
import { ask } from '../src/app/asking.ts';
import { timed } from './clock.ts';
import { fillWorld, worldDay } from './data/world.ts';
import { freshHome } from './home.ts';
import type { Plan, Side } from './work.ts';

/** Home of the generated world that the AIPL works read. */
export const worldHome = ({ folder }: Plan): string => join(folder, 'world-home');

export const madeInside = 'events generated inside the engine, not imported';

/** Makes the world and keeps its stage spans. */
export const makeWorld: Side = (plan) =>
  freshHome(worldHome(plan), (context) =>
    timed(async () => {
      await fillWorld(context, plan);
      await ask(context, 'aipl-stock', { on: worldDay });
    }),
  );
