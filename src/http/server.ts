import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { newToken, openDoor } from '../app/door.ts';
import type { LogFormat } from '../app/logs.ts';
import { UnavailableError } from '../base/errors.ts';
import { appOf } from './app.ts';
import { type Closers, milliseconds, type Opened, type OpeningOptions, openServices } from './opening.ts';
import { pagesOf } from './pages.ts';
import type { Services } from './services.ts';
import { stopped, Traffic } from './traffic.ts';

const consoleFolder = fileURLToPath(new URL('../web', import.meta.url));

export interface ServerOptions extends OpeningOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

/** A server that listens; `firstPassword` is told when this start made the administrator. */
export interface Running {
  readonly url: string;
  readonly firstPassword: string | undefined;
  readonly services: Services;
  /** Seconds that requests under way are given to end when it stops. */
  readonly stopSeconds: number;
  readonly logFormat: LogFormat;
  /**
   * Stops it: what comes now is refused, requests under way are answered, jobs end at their next batch and go on at the
   * next start, what the collector answered is kept. Ends when the home is let go.
   */
  close(): Promise<void>;
}

/** Opens a home and serves it: the API, the console, MCP, the collector. */
export async function startServer(options: ServerOptions): Promise<Running> {
  const { host, port } = options;
  const closers: Closers = [];
  const release = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const token = newToken();
    const ending = new AbortController();
    const traffic = new Traffic();
    const opened = await openServices(options, { localToken: token, stopping: ending.signal }, closers);
    const { services, logs } = opened;
    const { dir, config } = services.product.installation.home;
    const firstPassword = await services.accounts.ensureAdministrator();
    const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
    const limits = { headersTimeout: 15_000, requestTimeout: 600_000, maxHeaderSize: 16_384 };
    const server = createServer(limits, listenerOf(opened, { traffic, isLocal, stopping: ending.signal }));
    const bound = await listening(server, host, port);
    closers.push(() => stopped(server));
    const url = `http://${isLocal ? '127.0.0.1' : host}:${bound}`;
    const door = openDoor(dir, url, token);
    closers.push(() => door.close());
    logs.tell('info', 'server.ready', { port: bound });
    const stopSeconds = config.stop_seconds;
    const close = async () => {
      ending.abort();
      logs.tell('info', 'server.stopping', { seconds: stopSeconds });
      const early = [services.live.refuse(), services.reports.close(), services.pushes.close(), services.jobs.close()];
      const cut = await traffic.ended(stopSeconds * 1000);
      if (cut > 0) server.closeAllConnections();
      await Promise.allSettled(early);
      await release();
      logs.tell(cut > 0 ? 'warn' : 'info', 'server.stopped', { cut });
    };
    return { url, firstPassword, services, stopSeconds, logFormat: config.log, close };
  } catch (error) {
    await release();
    throw error;
  }
}

interface Passage {
  readonly traffic: Traffic;
  readonly isLocal: boolean;
  readonly stopping: AbortSignal;
}

/** Takes every request: the collector's own addresses first, then the app. */
function listenerOf({ services, logs, metrics }: Opened, { traffic, isLocal, stopping }: Passage): RequestListener {
  const app = appOf(services, {
    pages: pagesOf(consoleFolder),
    ownHostOnly: isLocal,
    stopping,
    seen: (request, id) => {
      const { seconds, ...rest } = request;
      metrics.request(request);
      logs.tell(request.status >= 500 ? 'warn' : 'info', 'request', {
        ...rest,
        ms: milliseconds(seconds),
        request: id,
      });
    },
  });
  const answer = getRequestListener((request, { incoming }) =>
    app.fetch(request, { address: (incoming as IncomingMessage).socket.remoteAddress ?? 'unknown' }),
  );
  return (incoming, outgoing) => {
    const started = performance.now();
    traffic.enter(outgoing);
    if (stopping.aborted) outgoing.setHeader('connection', 'close');
    if (!services.live.handle(incoming, outgoing)) return void answer(incoming, outgoing);
    outgoing.once('finish', () => metrics.acknowledged((performance.now() - started) / 1000));
  };
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UnavailableError('port_used', `Port ${port} of ${host} is in use: choose another with --port.`)
          : error,
      ),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
