import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startServer } from '../../src/http/server.ts';
import { type Fragment, sql } from '../../src/warehouse/sql.ts';

/** A home in the temporary folder whose collector listens; it can be closed and served again. */
export interface ServedHome {
  readonly url: string;
  readonly log: readonly string[];
  running(): Running;
  /** Makes a source and gives its write key. */
  source(name: string): Promise<string>;
  /** Sends a body as JSON with a write key, as a Segment client does. */
  send(key: string, path: string, body: unknown): Promise<Response>;
  /** Rows of the facts, once all that was answered is among them. */
  rows<R extends Record<string, unknown>>(query: Fragment): Promise<R[]>;
  again(): Promise<void>;
  close(): Promise<void>;
}

/** `config` is the home's config.yaml. */
export async function serveHome(now: () => Date, config = ''): Promise<ServedHome> {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-live-'));
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'home', 'config.yaml'), config);
  const log: string[] = [];
  const start = () =>
    startServer({
      home: join(folder, 'home'),
      host: '127.0.0.1',
      port: 0,
      env: {},
      now,
      log: (line) => void log.push(line),
    });
  let running = await start();
  return {
    get url() {
      return running.url;
    },
    log,
    running: () => running,
    source: async (name) => (await running.services.live.add(name, 'test')).key,
    send: (key, path, body) =>
      fetch(`${running.url}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      }),
    rows: async (query) => {
      await running.services.live.settled();
      return running.services.product.installation.context.warehouse.rows(query);
    },
    again: async () => {
      await running.close();
      running = await start();
    },
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Events of a source by their ids. */
export const eventsOf = (source: string): Fragment =>
  sql`SELECT event_id, behavior, toString(at) AS at, consumer, item_id, amount, order_id, props FROM events
    WHERE source = ${source} ORDER BY event_id, at`;
