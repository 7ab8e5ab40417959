/** The shelf: a line an analysis. Every surface is made from it. */
export { audienceMatch } from './audiences/audience-match.ts';
export { audienceOverlap } from './audiences/audience-overlap.ts';
export { audienceUpset } from './audiences/audience-upset.ts';
export { portrait } from './audiences/portrait.ts';
export { pushReadout } from './audiences/push-readout.ts';
export { taConcentration } from './audiences/ta-concentration.ts';
export { aiplFlow } from './lifecycle/aipl-flow.ts';
export { aiplMoves } from './lifecycle/aipl-moves.ts';
export { aiplStock } from './lifecycle/aipl-stock.ts';
export { aiplTrend } from './lifecycle/aipl-trend.ts';
export { behaviors } from './lifecycle/behaviors.ts';
export { fast } from './lifecycle/fast.ts';
export { fastTrend } from './lifecycle/fast-trend.ts';
export { grow } from './lifecycle/grow.ts';
export { repurchase } from './people/repurchase.ts';
export { retention } from './people/retention.ts';
export { rfm } from './people/rfm.ts';
