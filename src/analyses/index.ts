import type { Analysis } from './analysis.ts';
import { aiplStock } from './lifecycle/aipl-stock.ts';

/** The shelf. Every surface is made from this list. */
export const analyses: readonly Analysis[] = [aiplStock];
