import { forgetUnnamed } from '../../audiences/kept.ts';
import type { Context } from '../../intake/context.ts';
import { namedRuns, nextRun } from './days.ts';

/** Runs between two tidyings. Note: taking rows out costs more than a refresh, and a question may still read what was kept before. */
const TIDY_EVERY = 64;

/** A number to keep members under; now and then, what was kept under older ones that nothing names is forgotten. */
export async function takeRun({ registry, warehouse }: Pick<Context, 'registry' | 'warehouse'>): Promise<number> {
  const run = await nextRun(registry);
  if (run % TIDY_EVERY === 0)
    await forgetUnnamed(warehouse, { before: run - TIDY_EVERY, named: await namedRuns(registry) });
  return run;
}
