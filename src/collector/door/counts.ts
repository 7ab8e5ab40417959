import type { Refusal } from '../protocol.ts';

/** Why a request was not taken: turned away, gone before its end, or failed by a fault of our own. */
export type Lost = Refusal | 'gone' | 'fault';

/** What came from a source within a minute. Requests are the kept, the answered and the lost. */
export interface MinuteCount {
  /** Name of the source; empty where the key is nobody's. */
  readonly source: string;
  /** Its beginning, milliseconds since 1970. */
  readonly minute: number;
  readonly requests: number;
  /** Events that were acknowledged. */
  readonly events: number;
  readonly lost: Readonly<Partial<Record<Lost, number>>>;
}

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 60;

/** Counts by source and minute of the last hour, and what was lost since the start. Memory only. */
export class Counts {
  readonly #minutes = new Map<number, Map<string, MinuteCount>>();
  readonly #lost: Partial<Record<Lost, number>> = {};

  taken(source: string, now: number, events: number): void {
    this.#add(source, now, (count) => ({ ...count, events: count.events + events }));
  }

  lost(source: string, now: number, why: Lost): void {
    this.#lost[why] = (this.#lost[why] ?? 0) + 1;
    this.#add(source, now, (count) => ({ ...count, lost: { ...count.lost, [why]: (count.lost[why] ?? 0) + 1 } }));
  }

  /** Oldest minute first. */
  minutes(): readonly MinuteCount[] {
    return [...this.#minutes.values()].flatMap((sources) => [...sources.values()]);
  }

  /** Requests lost since the start, by reason. */
  totals(): Readonly<Record<string, number>> {
    return { ...this.#lost };
  }

  #add(source: string, now: number, change: (count: MinuteCount) => MinuteCount): void {
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const sources = this.#minutes.get(minute) ?? this.#begin(minute);
    const count = sources.get(source) ?? { source, minute, requests: 0, events: 0, lost: {} };
    sources.set(source, change({ ...count, requests: count.requests + 1 }));
  }

  #begin(minute: number): Map<string, MinuteCount> {
    const sources = new Map<string, MinuteCount>();
    this.#minutes.set(minute, sources);
    for (const old of this.#minutes.keys()) if (old <= minute - KEPT_MINUTES * MINUTE_MS) this.#minutes.delete(old);
    return sources;
  }
}
