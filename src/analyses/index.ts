import type { Analysis } from './analysis.ts';
import { aiplFlow } from './lifecycle/aipl-flow.ts';
import { aiplStock } from './lifecycle/aipl-stock.ts';
import { aiplTrend } from './lifecycle/aipl-trend.ts';
import { fast } from './lifecycle/fast.ts';
import { grow } from './lifecycle/grow.ts';
import { repurchase } from './people/repurchase.ts';
import { retention } from './people/retention.ts';
import { rfm } from './people/rfm.ts';

/** The shelf. Every surface is made from this list. */
export const analyses: readonly Analysis[] = [aiplStock, aiplTrend, aiplFlow, fast, grow, rfm, repurchase, retention];
