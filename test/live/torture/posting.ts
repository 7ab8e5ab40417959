import { BULK } from './scene.ts';
import type { Told } from './told.ts';

/** Answer to one request, and how long it took. */
export interface Posted {
  /** 0 where the connection broke. */
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ms: number;
}

/** Sends new events without a client, through our own bulk protocol, each once. */
export class Poster implements Told {
  readonly source = BULK;
  readonly sent = new Set<string>();
  readonly delivered = new Set<string>();
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  async post(url: string, events: number): Promise<Posted> {
    const ids = Array.from({ length: events }, (_, i) => `b${this.sent.size + i}`);
    for (const id of ids) this.sent.add(id);
    const event_time = String(Date.now());
    const rows = ids.map((event_id, i) => ({ event_id, event_time, behavior: 'click', id_user: `u${i}` }));
    const started = performance.now();
    const response = await fetch(`${url}/collect/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/x-ndjson' },
      body: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    const ms = performance.now() - started;
    if (response?.ok) for (const id of ids) this.delivered.add(id);
    return { status: response?.status ?? 0, retryAfter: response?.headers.get('retry-after') ?? null, ms };
  }
}
