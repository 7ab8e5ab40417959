import { ga4Words } from './words/ga4.ts';
import { segmentWords } from './words/segment.ts';
import { snowplowWords } from './words/snowplow.ts';
import type { Words } from './words.ts';

/** What the events of everybody's clients mean; a workspace adds its own in its configuration. */
export const words: Words = { ...ga4Words, ...snowplowWords, ...segmentWords };
