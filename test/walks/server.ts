import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { unwatched } from '../../src/base/progress.ts';
import { appOf } from '../../src/http/app.ts';
import { pagesOf } from '../../src/http/pages.ts';
import { startServer } from '../../src/http/server.ts';
import type { Services } from '../../src/http/services.ts';
import { consoleFolder } from './console.ts';

/** A home in the temporary folder with a server that listens, the console and the first password of `admin`. */
export interface ServedConsole {
  readonly url: string;
  /** Empty where an administrator was there before. */
  readonly password: string;
  readonly services: Services;
  /** Ends the server and removes a home that it made. */
  close(): Promise<void>;
}

/** The clock of every home here: two weeks after the demo brand's last day. */
const now = () => new Date('2026-07-15T00:00:00Z');

/**
 * Serves a home with the console: a fresh one that is removed at the end, or one that stands in a folder already.
 * Note: run from its sources the product's own listener has no console beside it; this one serves the built one.
 */
export async function serveConsole(demo?: string, dir?: string): Promise<ServedConsole> {
  const root = dir ?? mkdtempSync(join(tmpdir(), 'qiancheng-walk-'));
  const running = await startServer({ home: root, host: '127.0.0.1', port: 0, env: {}, now, log: () => {} });
  const { services, firstPassword = '' } = running;
  if (demo !== undefined) await services.product.demo({ size: demo }, unwatched);
  const app = appOf(services, { pages: pagesOf(consoleFolder), ownHostOnly: true });
  const address = (incoming: IncomingMessage) => incoming.socket.remoteAddress ?? 'unknown';
  const answer = getRequestListener((request, { incoming }) =>
    app.fetch(request, { address: address(incoming as IncomingMessage) }),
  );
  const server = createServer((incoming, outgoing) => {
    if (!services.live.handle(incoming, outgoing)) void answer(incoming, outgoing);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    password: firstPassword,
    services,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await running.close();
      if (dir === undefined) rmSync(root, { recursive: true });
    },
  };
}
