import type { Check } from '../../../src/api/doctor.ts';

/** Checks whose failing loses nothing yet: they want attention, the others are faults. */
const warnings: ReadonlySet<string> = new Set(['disk', 'imports', 'memory', 'clock', 'leftovers', 'aside']);

export type CheckState = 'ok' | 'warning' | 'fault';

export function stateOf({ name, ok }: Pick<Check, 'name' | 'ok'>): CheckState {
  if (ok) return 'ok';
  return warnings.has(name) ? 'warning' : 'fault';
}
