/** A home of five consumers behind the HTTP surface, asked as somebody of a role. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Actor } from '../../src/accounts/actor.ts';
import { type Problem, problem } from '../../src/api/common.ts';
import { permissionsOf, type Role, roles } from '../../src/api/permissions.ts';
import { openAnswers } from '../../src/app/answers.ts';
import { type App, appOf } from '../../src/http/app.ts';
import type { Services } from '../../src/http/services.ts';
import { freshHome, now, type Product } from '../product.ts';

/** As of 2026-06-30: u1 and u5 are aware, u2 is interested, u3 bought once, u4 twice. */
const events = `id_user,event_time,behavior,category_id
u1,2026-06-25,impression,tea
u5,2026-06-26,click,cups
u2,2026-06-29,cart,tea
`;
const orders = `order_id,order_time,pay_time,id_user,amount,category_id
o1,2026-06-01,2026-06-01,u3,100.50,tea
o2,2026-05-01,2026-05-01,u4,80.00,tea
o3,2026-06-10,2026-06-10,u4,70.00,=cups
`;

export interface Asking {
  readonly as?: Role | 'nobody';
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The home, its app, and what the server logged. */
export interface HttpHome {
  readonly services: Services;
  readonly app: App;
  readonly log: readonly string[];
  /** Asks for JSON; the analyst asks unless another does. */
  ask(path: string, asking?: Asking): Promise<Response>;
}

/** A home of the test file's own: call it outside of tests, and the function it gives inside. */
export function httpHome(): { open(): Promise<HttpHome>; import(name: string, text: string): Promise<void> } {
  const home = freshHome();
  const bring = async (name: string, text: string) => {
    const folder = join(home.files, name.replaceAll('.', '-'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    await home.import(folder);
  };
  return {
    open: async () => {
      const product = await home.product();
      await bring('events.csv', events);
      await bring('orders.csv', orders);
      return httpHomeOf(product);
    },
    import: bring,
  };
}

function httpHomeOf(product: Product): HttpHome {
  const log: string[] = [];
  const known: Partial<Services> = {
    product,
    accounts: { identify: async (headers: Headers) => actorOf(headers) } as unknown as Services['accounts'],
    answers: openAnswers(product),
    now: () => now,
    log: (line) => void log.push(line),
  };
  const services = known as Services;
  const app = appOf(services);
  return {
    services,
    app,
    log,
    ask: async (path, { as = 'analyst', body, headers = {}, method = body === undefined ? 'GET' : 'POST' } = {}) =>
      app.request(path, {
        method,
        headers: {
          authorization: `Bearer ${as}`,
          'content-type': 'application/json',
          'accept-language': 'en',
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** The body of an answer that is as it should be; a problem is thrown. */
export async function told<S extends z.ZodType>(shape: S, response: Promise<Response>): Promise<z.output<S>> {
  const given = await response;
  const body: unknown = await given.json();
  if (!given.ok) throw new Error(JSON.stringify(body));
  return shape.parse(body);
}

/** The problem that was told. */
export async function fault(response: Promise<Response>): Promise<Problem & { readonly is: number }> {
  const given = await response;
  return { is: given.status, ...problem.parse(await given.json()) };
}

/** The key of a role is its name. */
function actorOf(headers: Headers): Actor | undefined {
  const role = roles.find((each) => headers.get('authorization') === `Bearer ${each}`);
  if (!role) return undefined;
  return {
    name: `some ${role}`,
    role,
    via: 'key',
    permissions: new Set(permissionsOf(role)),
    mustChangePassword: false,
  };
}
