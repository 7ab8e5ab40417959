import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../log/log.ts';
import type { Protocol } from '../protocol.ts';
import { Counts, type MinuteCount } from './counts.ts';
import { Held, type Limits, usualLimits } from './limits.ts';
import { Pace } from './pace.ts';
import { methodReply, preflightReply, send } from './replies.ts';
import { addressesOf, readTarget } from './routes.ts';
import { serve } from './serve.ts';

/** Who sends with a write key. */
export interface Source {
  readonly name: string;
  readonly enabled: boolean;
  /** Events a second it may send; absent is as many as it can. */
  readonly perSecond?: number;
}

/** The sources by their write keys. */
export interface KeyBook {
  find(key: string): Source | undefined | Promise<Source | undefined>;
}

export interface DoorOptions {
  readonly protocols: readonly Protocol[];
  readonly keys: KeyBook;
  readonly log: Pick<Log, 'append' | 'refusal'>;
  now(): Date;
  /** Told after each request that was kept. */
  onTaken?(source: string, events: number): void;
  /** Hears of faults of our own: never of what was sent. */
  tell?(line: string): void;
  readonly limits?: Partial<Limits>;
}

/** Where clients send events to. */
export interface Door {
  /** Answers a request to the collector, always; false, and nothing touched, where the address is not the collector's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** What came in the last hour, by source and minute. */
  minutes(): readonly MinuteCount[];
  /** Requests that were not taken since the start, by reason. */
  refused(): Readonly<Record<string, number>>;
  /** Takes no more; ends when all that is under way is answered. */
  close(): Promise<void>;
}

/** What the requests of a door have in common. */
export interface Hall extends DoorOptions {
  readonly limits: Limits;
  readonly held: Held;
  readonly pace: Pace;
  readonly counts: Counts;
  isClosed(): boolean;
}

export function openDoor(options: DoorOptions): Door {
  const limits = { ...usualLimits, ...options.limits };
  const addressOf = addressesOf(options.protocols);
  const underWay = new Set<Promise<void>>();
  /** The request under way on each connection: those that follow on it wait, so that order is kept. */
  const turns = new WeakMap<object, Promise<void>>();
  const counts = new Counts();
  let closed = false;
  const hall: Hall = {
    ...options,
    limits,
    held: new Held(limits.mostHeld),
    pace: new Pace(),
    counts,
    isClosed: () => closed,
  };

  const begin = (request: IncomingMessage, work: () => Promise<void>) => {
    const before = turns.get(request.socket);
    const turn = (before ? before.then(work) : work()).finally(() => {
      underWay.delete(turn);
      if (turns.get(request.socket) === turn) turns.delete(request.socket);
    });
    turns.set(request.socket, turn);
    underWay.add(turn);
  };

  return {
    handle: (request, response) => {
      const { path, query } = readTarget(request.url ?? '/');
      const address = addressOf(path);
      if (!address) return false;
      const methods = [...address.byMethod.keys()];
      const place = address.byMethod.get(request.method ?? '');
      if (place) begin(request, () => serve(hall, { ...place, ...address, query, request, response }));
      else if (request.method === 'OPTIONS') send(request, response, preflightReply(request, methods), limits.lingerMs);
      else send(request, response, methodReply(methods), limits.lingerMs);
      return true;
    },
    minutes: () => counts.minutes(),
    refused: () => counts.totals(),
    close: async () => {
      closed = true;
      await Promise.all(underWay);
    },
  };
}
