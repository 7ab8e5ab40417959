import type { EntityName } from '../model/entities.ts';
import type { Placed } from './entry.ts';
import type { Words } from './words.ts';

/** A request at the door, its body whole and decompressed. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Parts of the path that the route names with `:`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
  /** Names of all headers, in lower case. */
  headerNames(): readonly string[];
  readonly body: Buffer;
}

/** A request whose body is not read yet. */
export type Front = Omit<Asked, 'body'>;

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request that is kept: the reply goes out when it is durable on disk. */
export interface Taken {
  readonly kind: 'taken';
  /** Write key the request carries. */
  readonly key: string | undefined;
  /** Events in it; 0 keeps nothing. */
  readonly events: number;
  readonly head: Readonly<Record<string, string>>;
  /** What the log keeps: the body as it came, where nothing speaks against it. */
  readonly body: Buffer;
  readonly reply: Reply;
}

/** A request that is answered and not kept: settings, a health check, a redirect. */
export interface Answered {
  readonly kind: 'answered';
  /** Present where only a known key is answered. */
  readonly key?: string | undefined;
  readonly reply: Reply;
}

/** Why the door turns a request away. */
export type Refusal = 'key' | 'disabled' | 'json' | 'shape' | 'too_large' | 'too_many' | 'too_fast' | 'full' | 'slow';

/** Thrown by a route for a request that it cannot keep; nothing of it is taken. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

export interface ProtocolRoute {
  readonly method: 'GET' | 'POST';
  /** `/v1/batch`; a part `:name` is any one segment. A trailing slash is the same address. */
  readonly path: string;
  /** Most bytes of a decompressed body. */
  readonly most: number;
  /** The write key where it stands outside the body, so that a stranger's body is not even read. */
  key?(front: Front): string | undefined;
  take(asked: Asked): Taken | Answered;
}

/** A row of the contract, as text, made from an event. */
export interface LiveRow {
  readonly entity: EntityName;
  /**
   * Columns of the entity as a file would have them (contract §1): times in epoch milliseconds, money in major units.
   * Identifiers are `id_<type>`; a second one of the same type on the row is `id_<type>#2`.
   */
  readonly cells: Readonly<Record<string, string>>;
  /** What has no column: kept by its own name. */
  readonly props: Readonly<Record<string, string>>;
}

/** A part of a request that is no event: it goes to rejects as it came. */
export interface Unreadable {
  readonly unreadable: 'json' | 'shape';
  readonly raw: string;
}

/** A way clients speak. Adding one is a file of its own and a line in protocols.ts. */
export interface Protocol {
  readonly id: string;
  readonly routes: readonly ProtocolRoute[];
  /** The reply to a refused request where clients of this protocol expect another shape than the door's own. */
  refusal?(refusal: Refusal, message: string): Reply;
  /**
   * The rows of a kept request. The same entry always gives the same rows: no clock, no chance. An event that has no id
   * of its own gets one from its place.
   */
  rows(placed: Placed, words: Words): Iterable<LiveRow | Unreadable>;
}
