import type { Standing } from '../../../src/api/analyses.ts';
import type { Texts } from '../../text/zh.ts';

/** How a question stands, in a line. */
export function standingText(standing: Standing, t: Texts['ui']['question']): string {
  const seconds = t.seconds(standing.seconds ?? 0);
  if (standing.state === 'waiting') return t.queued(standing.place ?? 1, seconds);
  const { rows = 0, total = 0 } = standing;
  const share = total > 0 ? [t.share(Math.floor((100 * rows) / total))] : [];
  return [t.running(seconds), ...share].join(' · ');
}
