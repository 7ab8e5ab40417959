import { keepChanged } from '../../audiences/kept.ts';
import type { Members } from '../../audiences/members.ts';
import { fewTouched } from '../../audiences/touched.ts';
import type { Context } from '../../intake/context.ts';
import type { Some } from '../../lifecycle/some.ts';
import type { KeptDay } from './days.ts';

/**
 * Keeps members again under a new number by looking only at consumers of whom something has changed since, and gives how
 * many they are; undefined where everybody must be looked at. `ask` is given who they are.
 */
export async function keepAgain(
  { warehouse }: Context,
  run: number,
  { run: before, commit }: KeptDay,
  ask: (among: Some) => Promise<Members>,
): Promise<number | undefined> {
  const touched = await fewTouched(warehouse, commit);
  if (!touched) return undefined;
  const { consumers } = await ask(touched);
  return keepChanged(warehouse, run, { run: before, touched, members: consumers });
}
