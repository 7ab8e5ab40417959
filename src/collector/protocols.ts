import type { Protocol } from './protocol.ts';
import { bulk } from './protocols/bulk.ts';
import { cloudevents } from './protocols/cloudevents.ts';
import { ga4 } from './protocols/ga4.ts';
import { jitsu } from './protocols/jitsu.ts';
import { posthog } from './protocols/posthog.ts';
import { rudder } from './protocols/rudder.ts';
import { segment } from './protocols/segment.ts';
import { snowplow } from './protocols/snowplow.ts';

/** Every way that clients may speak. */
export const protocols: readonly Protocol[] = [segment, rudder, posthog, jitsu, snowplow, ga4, cloudevents, bulk];
