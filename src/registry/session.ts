import { Client } from 'pg';
import { QianchengError, UnavailableError } from '../base/errors.ts';
import { registryFault } from './faults.ts';
import { InTurn } from './turns.ts';
import { readerOf } from './values.ts';

const connectMs = 10_000;
/** A connection whose other end is gone says no farewell. */
const CLOSING_MS = 1000;
/** A connection whose other end is gone is noticed by the server within half a minute. */
const keepAlive = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** What was held is held no more: somebody else may have it. */
export function lostError(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'registry_lost',
    'The connection to the registry broke while something was held there, so the work that held it has ended. Try again.',
    { cause },
  );
}

export const isLoss = (error: unknown): boolean => error instanceof QianchengError && error.code === 'registry_lost';

/** A connection of its own to PostgreSQL, which holds locks as long as it lives. */
export class Session {
  readonly #client: Client;
  readonly #place: string;
  readonly #sending = new InTurn();
  readonly #onLost: () => void;
  #lost = false;

  private constructor(client: Client, place: string, onLost: () => void) {
    this.#client = client;
    this.#place = place;
    this.#onLost = onLost;
    client.on('error', () => this.#lose());
    client.on('end', () => this.#lose());
  }

  /** `answerMs`: time for an answer, for a connection that is never to wait for a lock. */
  static async open(url: string, place: string, onLost: () => void, answerMs?: number): Promise<Session> {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: connectMs,
      application_name: 'qiancheng',
      keepAlive: true,
      ...(answerMs === undefined ? {} : { query_timeout: answerMs }),
      options: `-c TimeZone=UTC -c DateStyle=ISO ${keepAlive}`,
      types: { getTypeParser: readerOf },
    });
    const session = new Session(client, place, onLost);
    try {
      await client.connect();
      return session;
    } catch (error) {
      await client.end().catch(() => {});
      throw registryFault(error, place);
    }
  }

  /** Rows of a statement; statements are sent in the order they were asked for, one after another. */
  rows<R extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.#sending.take(() => this.#send<R>(text, values));
  }

  async #send<R extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<R[]> {
    if (this.#lost) throw lostError();
    try {
      return (await this.#client.query<R>({ text, values: [...values] })).rows;
    } catch (error) {
      const fault = registryFault(error, this.#place);
      if (fault instanceof UnavailableError && fault.code === 'registry_unreachable') this.#lose();
      throw this.#lost ? lostError(error) : fault;
    }
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#onLost();
  }

  /** Hears what is sent to the channels that this connection listens to. */
  onNotice(heard: () => void): void {
    this.#client.on('notification', heard);
  }

  async close(): Promise<void> {
    this.#lost = true;
    const late = new Promise<void>((go) => setTimeout(go, CLOSING_MS).unref());
    await Promise.race([this.#client.end().catch(() => {}), late]);
  }
}
