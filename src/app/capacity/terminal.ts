import type { Watch } from '../../base/progress.ts';
import type { Context } from '../../intake/context.ts';
import { readState } from '../answers/state.ts';
import { toAsk } from '../asking.ts';
import { Ask, type Capacity } from './capacity.ts';
import type { Cost } from './cost.ts';

/** Questions of a program that holds the home by itself, one at a time. */
export interface Terminal {
  ask<T>(id: string, watch: Watch, work: (context: Context) => Promise<T>): Promise<T>;
  cost(id: string, params: Record<string, unknown>): Promise<Cost>;
}

export function openTerminal(context: Context, capacity: Capacity): Terminal {
  const version = async () => (await readState(context)).version;
  return {
    ask: async (id, watch, work) => {
      const ask = new Ask({ analysis: id, asker: 'terminal', version: await version() });
      return capacity.ask(ask, work, watch);
    },
    cost: async (id, params) => {
      const { analysis, params: read, lens } = await toAsk(context, id, params);
      return capacity.cost(analysis.id, await version(), analysis.query(read, lens));
    },
  };
}
