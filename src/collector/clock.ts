/** What is known of an event's time: milliseconds since 1970. */
export interface Times {
  /** When it happened by the client's clock. */
  readonly original?: number | undefined;
  /** What the client's clock showed when it sent the request. */
  readonly sent?: number | undefined;
  /** What our clock showed when the request came. */
  readonly received: number;
}

const minute = 60_000;
/** A clock that is off by less is believed: the way through the net is no skew. */
const believed = 5 * minute;

/** How far the client's clock is off, in whole minutes so that two requests of one device keep their order; milliseconds. */
export function clockSkew(sent: number | undefined, received: number): number {
  if (sent === undefined || Math.abs(received - sent) < believed) return 0;
  return Math.round((received - sent) / minute) * minute;
}

/** When an event happened by our clock: what the client says, moved only where its clock is clearly wrong. */
export function correctedTime({ original, sent, received }: Times): number {
  return original === undefined ? received : original + clockSkew(sent, received);
}

/** The times an event keeps beside its own, as props; the original one where it was moved. */
export function timeProps(times: Times): Record<string, string> {
  const { original, sent, received } = times;
  return {
    ...(original !== undefined && original !== correctedTime(times) && { original_time: String(original) }),
    ...(sent !== undefined && { sent_time: String(sent) }),
    received_time: String(received),
  };
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;
/** Numbers below are seconds, from here milliseconds, from the next microseconds, then nanoseconds (till the year 5000). */
const units: readonly (readonly [below: number, toMilliseconds: number])[] = [
  [1e11, 1000],
  [1e14, 1],
  [1e17, 1 / 1000],
  [1e20, 1 / 1e6],
];

/**
 * A client's time as milliseconds since 1970: ISO 8601 (UTC where it names no offset), or a number of seconds,
 * milliseconds, microseconds or nanoseconds. Undefined for what is none.
 */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  return fromIso(text);
}

function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const unit = units.find(([below]) => value < below);
  return unit && Math.floor(value * unit[1]);
}

function fromIso(text: string): number | undefined {
  const match = iso.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minutes = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(days).getUTCDate() !== Number(day) || Number(month) > 12) return undefined;
  if (Number(hour) > 24 || Number(minutes) > 59 || Number(second) > 60) return undefined;
  return (
    days + Number(hour) * 3_600_000 + Number(minutes) * minute + Number(second) * 1000 + milliseconds - offset(zone)
  );
}

function offset(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
}
