import { join } from 'node:path';
import { ask } from '../src/app/asking.ts';
import { timed } from './clock.ts';
import { fillProfiles } from './data/profiles.ts';
import { fillWorld, worldDay } from './data/world.ts';
import { freshHome, withHome } from './home.ts';
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

/** Gives the world's consumers their profiles; a side of its own, so that a world kept from before gets them too. */
export const makeProfiles: Side = (plan) =>
  withHome(worldHome(plan), (context) => timed(() => fillProfiles(context, plan)));
