import type { Answer } from './destination.ts';

/**
 * What to do about a delivery that failed: `retry` it later, `drop` its records (they will never be taken), or `stop`
 * the run (no delivery can be taken until somebody has changed something).
 */
export type FaultClass = 'retry' | 'drop' | 'stop';

/** A delivery that was not taken. The reason holds no value that was sent, and no secret. */
export class DeliveryFault extends Error {
  readonly class: FaultClass;
  /** Seconds after which the other side wants to be asked again. */
  readonly after: number | undefined;

  constructor(faultClass: FaultClass, reason: string, after?: number) {
    super(reason);
    this.name = 'DeliveryFault';
    this.class = faultClass;
    this.after = after;
  }
}

/** Statuses of the 400s that pass by themselves. */
const PASSING = [408, 423, 425, 429];
/** Statuses that say who asks is not known, may not, or has the wrong address. */
const CLOSED = [401, 402, 403, 404, 405, 407, 410];

/** The class of an HTTP status by itself; undefined for one of success. */
export function classOf(status: number): FaultClass | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 500 || PASSING.includes(status)) return 'retry';
  return CLOSED.includes(status) || status < 400 ? 'stop' : 'drop';
}

/** Seconds that a `Retry-After` asks for, at most five minutes; undefined without one. */
export function afterOf({ headers }: Answer): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 300) : undefined;
}

/** Throws what a status says went wrong. */
export function requireTaken(answer: Answer): void {
  const faultClass = classOf(answer.status);
  if (faultClass) throw new DeliveryFault(faultClass, `HTTP ${answer.status}`, afterOf(answer));
}

/** A JSON answer as an object; one that is none is a fault that passes. */
export function jsonOf(answer: Answer): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(answer.body);
    if (typeof read === 'object' && read !== null) return read as Readonly<Record<string, unknown>>;
  } catch {
    // Note: told below, like any other text that is no object.
  }
  throw new DeliveryFault('retry', `HTTP ${answer.status}, and the answer is no JSON object`);
}
