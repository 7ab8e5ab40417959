import type { Analysis } from './analysis.ts';
import * as shelf from './shelf.ts';

/** Every analysis of the shelf, by its id. */
export const analyses: readonly Analysis[] = Object.values<Analysis>(shelf).sort((a, b) => (a.id < b.id ? -1 : 1));
