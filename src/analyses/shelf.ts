/** The shelf: a line an analysis. Every surface is made from it. */
export { aiplFlow } from './lifecycle/aipl-flow.ts';
export { aiplStock } from './lifecycle/aipl-stock.ts';
export { aiplTrend } from './lifecycle/aipl-trend.ts';
export { fast } from './lifecycle/fast.ts';
export { grow } from './lifecycle/grow.ts';
export { repurchase } from './people/repurchase.ts';
export { retention } from './people/retention.ts';
export { rfm } from './people/rfm.ts';
