import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds after which a connection on which nothing is answered is cut. */
const IDLE_CUT_MS = 2_000;

/** The requests of a server that are under way. */
export class Traffic {
  readonly #underWay = new Set<ServerResponse>();
  #idle = () => {};

  enter(response: ServerResponse): void {
    this.#underWay.add(response);
    response.once('close', () => {
      this.#underWay.delete(response);
      if (this.#underWay.size === 0) this.#idle();
    });
  }

  /** Lets what is under way end, for so many milliseconds at most; gives how many requests are left then. */
  async ended(mostMs: number): Promise<number> {
    if (this.#underWay.size === 0) return 0;
    const waiting = new AbortController();
    const idle = new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    await Promise.race([idle, pause(mostMs, undefined, { signal: waiting.signal }).catch(() => {})]);
    waiting.abort();
    return this.#underWay.size;
  }
}

/** Stops listening, and cuts the connections that only wait. */
export function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), IDLE_CUT_MS).unref();
  });
}
