import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { openAccounts } from '../accounts/accounts.ts';
import { openAnswers } from '../app/answers.ts';
import type { Environment } from '../app/config.ts';
import { newToken, openDoor } from '../app/door.ts';
import { openJobs } from '../app/jobs/jobs.ts';
import { openLive } from '../app/live/live.ts';
import { openProduct } from '../app/product.ts';
import { openReports } from '../app/reporting/reporting.ts';
import { openUploads } from '../app/uploads.ts';
import { UnavailableError } from '../base/errors.ts';
import { appOf } from './app.ts';
import { pagesOf } from './pages.ts';
import type { Services } from './services.ts';

const consoleFolder = fileURLToPath(new URL('../web', import.meta.url));

export interface ServerOptions {
  readonly home: string | undefined;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly env: Environment;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** A server that listens; `firstPassword` is told when this start made the administrator. */
export interface Running {
  readonly url: string;
  readonly firstPassword: string | undefined;
  readonly services: Services;
  close(): Promise<void>;
}

/** Opens a home and serves it: the API, the console, MCP. */
export async function startServer(options: ServerOptions): Promise<Running> {
  const { host, port } = options;
  const closers: Array<() => Promise<void> | void> = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const token = newToken();
    const services = await openServices(options, token, closers);
    const firstPassword = await services.accounts.ensureAdministrator();
    const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
    const app = appOf(services, { pages: pagesOf(consoleFolder), ownHostOnly: isLocal });
    const answer = getRequestListener((request, { incoming }) =>
      app.fetch(request, { address: (incoming as IncomingMessage).socket.remoteAddress ?? 'unknown' }),
    );
    const limits = { headersTimeout: 15_000, requestTimeout: 600_000, maxHeaderSize: 16_384 };
    const server = createServer(limits, (incoming, outgoing) => {
      if (!services.live.handle(incoming, outgoing)) void answer(incoming, outgoing);
    });
    const bound = await listening(server, host, port);
    closers.push(() => stopped(server));
    const url = `http://${isLocal ? '127.0.0.1' : host}:${bound}`;
    const door = openDoor(services.product.installation.home.dir, url, token);
    closers.push(() => door.close());
    return { url, firstPassword, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServices(
  { home, env, now, log }: ServerOptions,
  localToken: string,
  closers: Array<() => Promise<void> | void>,
): Promise<Services> {
  const product = await openProduct(home, env, now);
  closers.push(() => product.close());
  const { context, home: folder } = product.installation;
  const accounts = await openAccounts(context.registry, { now, key: folder.key, localToken, oidc: folder.config.oidc });
  const answers = openAnswers(product);
  const uploads = openUploads(product, { now });
  const jobs = await openJobs(product, { now, uploads, log });
  closers.push(() => jobs.close());
  const reports = await openReports(product, { now, jobs, answers, log });
  closers.push(() => reports.close());
  const live = await openLive(product, { now, log });
  closers.push(() => live.close());
  return { product, accounts, answers, uploads, jobs, reports, live, now, log };
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

/** Lets answers under way end, and cuts what only waits. */
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
