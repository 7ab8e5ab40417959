import type { Destination } from './destination.ts';
import * as all from './destinations.ts';

/** Every kind of destination. */
export const destinations: readonly Destination[] = Object.values(all);
