import type { Consumer } from '../../../src/api/consumers.ts';

export type Moment = Consumer['timeline'][number];

/** Moments of a day, in the order they were given. */
export interface DayOfMoments {
  readonly day: string;
  readonly moments: readonly Moment[];
}

/** Moments by their day in the brand's zone; both are as they came, newest first. */
export function byDay(moments: readonly Moment[]): DayOfMoments[] {
  const days = new Map<string, Moment[]>();
  for (const moment of moments) {
    const day = moment.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), moment]);
  }
  return [...days].map(([day, list]) => ({ day, moments: list }));
}

/** Moments of a kind and of a behaviour; `''` is any. A rating is no behaviour of its own. */
export function chosenOf(moments: readonly Moment[], entity: string, what: string): Moment[] {
  return moments.filter(
    (moment) => (entity === '' || moment.entity === entity) && (what === '' || wordOf(moment.what) === what),
  );
}

/** What stands behind a moment: its platform apart, and of an order its amount and what of it went back. */
export interface Behind {
  readonly platform?: string;
  readonly text: string;
  readonly amount?: number;
  readonly refund?: number;
}

/** Note: the server tells an order as `order item amount`, or `... amount refund amount`. */
const bought = /^(.+? .*?) (\d+(?:\.\d+)?)(?: refund (\d+(?:\.\d+)?))?$/;

export function behindOf({ entity, detail }: Moment): Behind {
  if (entity === 'events') {
    const [platform = '', ...rest] = detail.split(' ');
    return { platform, text: rest.join(' ') };
  }
  const [, text, amount, refund] = (entity === 'orders' && bought.exec(detail)) || [];
  if (text === undefined) return { text: detail };
  return { text, amount: Number(amount), ...(refund === undefined ? {} : { refund: Number(refund) }) };
}

/** What was done, without the rating that stands behind it. */
export function wordOf(what: string): string {
  return what.split(' ')[0] ?? what;
}
