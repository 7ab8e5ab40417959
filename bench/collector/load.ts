import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the client of the collector's bench sends, and where to. */
export interface Load {
  readonly port: number;
  /** Measured requests, after some that warm. */
  readonly requests: number;
}

/** What the client saw: seconds of the whole, and milliseconds from a request's beginning to its reply. */
export interface Seen {
  readonly seconds: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

export const BATCH = 100;
export const CONNECTIONS = 16;
export const WARM_REQUESTS = 200;
export const PATH = '/v1/batch';
export const KEY = 'bench';

/** A batch of events of about 300 bytes each. */
export function batchOf(number: number): Buffer {
  const events = Array.from({ length: BATCH }, (_, index) => {
    const id = `${number}-${index}`.padStart(36, '0');
    return {
      type: 'track',
      event: 'Product Added',
      messageId: id,
      userId: `user-${(number * 31 + index) % 5000}`,
      anonymousId: `device-${(number * 17 + index) % 9000}`,
      timestamp: '2026-11-11T08:00:00.000Z',
      properties: { product_id: `sku-${index}`, category: 'skin care', price: 129, quantity: 1, currency: 'CNY' },
    };
  });
  return Buffer.from(JSON.stringify({ batch: events, sentAt: '2026-11-11T08:00:01.000Z' }));
}

/** Has a server loaded by a client in a process of its own. */
export async function loaded(server: Server, requests: number): Promise<Seen> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const load: Load = { port: (server.address() as AddressInfo).port, requests };
  const client = fork(new URL('./client.ts', import.meta.url), [JSON.stringify(load)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const seen = await Promise.race([
    once(client, 'message').then(([message]) => message as Seen),
    once(client, 'exit').then(([code]) => Promise.reject(new Error(`the client ended early: exit code ${code}`))),
  ]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return seen;
}

/** Says how long replies took, which the rows of the bench do not. */
export function tell(side: string, { seconds, medianMs, p99Ms }: Seen, requests: number): void {
  const rate = Math.round((requests * BATCH) / seconds);
  process.stderr.write(
    `\n  ${side}: ${rate} events/s, acknowledged in ${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms `,
  );
}
