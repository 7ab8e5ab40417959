import type { z } from 'zod';
import type { Text } from '../base/text.ts';

/** How an identifier leaves the home: a lower-case hex digest of its normalised value, or the value itself. */
export type Form = 'md5' | 'sha256' | 'plain';

/** An identifier that a destination takes; `*` is any type. */
export interface Identifier {
  readonly type: string;
  readonly form: Form;
}

/** One delivery: values of one identifier, to be added to an audience or taken out of it. */
export interface Batch {
  /** The same for the same delivery, however often it is sent. */
  readonly key: string;
  readonly operation: 'add' | 'remove';
  readonly identifier: Identifier;
  readonly values: readonly string[];
  /** Number of the batch in its run, from 1, and how many the run has. */
  readonly number: number;
  readonly of: number;
}

/** The audience that is sent: what people call it, and by what the destination knows it, as earlier deliveries told. */
export interface Sent {
  readonly name: string;
  readonly remote: Readonly<Record<string, string>>;
}

/** Who signs a request to an S3-compatible storage. */
export interface Signer {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
  readonly region: string;
}

/** A request to the outside; redirects are not followed. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Signed as AWS Signature Version 4 has it. */
  readonly signer?: Signer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Cut at 64 KB. */
  readonly body: string;
}

/** The one way out that a destination is given, guarded by whoever gives it; fails where nobody answers. */
export interface Outside {
  fetch(request: Request): Promise<Answer>;
  /** The moment of the delivery. */
  now(): Date;
}

/** What came of a delivery. */
export interface Delivered {
  /** Why records were refused, by their place in the batch; all others were taken. */
  readonly refused: ReadonlyMap<number, string>;
  /** By what the destination knows the audience, from now on. */
  readonly remote?: Readonly<Record<string, string>>;
}

/** One setting, as forms show it. */
export interface Field {
  readonly title: Text;
  /** Sealed, and never shown again. */
  readonly secret?: true;
  readonly choices?: readonly string[];
}

/** A kind of place that audiences are sent to: all that is known of it, as one object. */
export interface Destination<S extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly title: Text;
  readonly about: Text;
  readonly settings: S;
  readonly fields: Readonly<Record<Extract<keyof z.infer<S>, string>, Field>>;
  readonly identifiers: readonly Identifier[];
  /** Records of one delivery at most. */
  readonly batch: number;
  /** Nothing is sent: the records are fetched as a file. */
  readonly isFile?: true;
  /** What is made for a new destination and told once, such as the secret that signs; becomes part of its settings. */
  make?(random: (bytes: number) => string): Readonly<Partial<z.infer<S>>>;
  /** The address that settings point to, to be checked before they are kept. */
  address?(settings: z.infer<S>): string;
  /** Makes the audience at the destination, before anything is delivered to it; gives by what it is known. */
  prepare?(sent: Sent, settings: z.infer<S>, outside: Outside): Promise<Readonly<Record<string, string>>>;
  /** Sends a batch; what is thrown but a fault of a known class is a bug. */
  deliver(batch: Batch, sent: Sent, settings: z.infer<S>, outside: Outside): Promise<Delivered>;
}

/** Checks the parts of a destination against each other; adds nothing at run time. */
export function defineDestination<S extends z.ZodObject>(destination: Destination<S>): Destination {
  return destination as unknown as Destination; // as: settings are only ever those that its own schema has read
}

/** All of a batch was taken. */
export const taken: Delivered = { refused: new Map() };
