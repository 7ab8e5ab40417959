import type { z } from 'zod';
import type { Actor } from '../accounts/actor.ts';
import type { Permission } from '../api/permissions.ts';
import type { Locale, Text } from '../base/text.ts';
import type { Services } from './services.ts';

/** One request as a handler sees it: who asks, and what was asked, checked. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly services: Services;
  /** Absent only on public routes. */
  readonly actor: Actor | undefined;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly locale: Locale;
  readonly request: Request;
  /** Aborted when the server begins to stop: an answer without an end ends then. */
  readonly stopping: AbortSignal | undefined;
  /** Address of the caller, for limits. */
  readonly address: string;
}

type Schema = z.ZodType | undefined;
type Of<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** One route: what it is called and asks, who may, and what it does. OpenAPI and the test of permissions read the same. */
export interface Route<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema> {
  /** Operation id, as `imports.list`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{name}` for a part that varies. */
  readonly path: string;
  readonly permission: Permission;
  readonly summary: Text;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body is taken as bytes by the handler itself. */
  readonly octets?: true;
  /** Shape of the JSON answer; absent where the answer is a stream, a file or a page. */
  readonly answer?: z.ZodType;
  /** Media types beside JSON that it may answer with. */
  readonly produces?: readonly string[];
  /** Status of success; 200 when absent. */
  readonly status?: number;
  /** The answer as data, or a response that is made already. */
  handle(call: Call<Of<P>, Of<Q>, Of<B>>): Promise<unknown>;
}

/** Checks a handler against its schemas; adds nothing at run time. */
export function route<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
  given: Route<P, Q, B>,
): Route {
  return given as unknown as Route;
}
