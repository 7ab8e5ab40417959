import type { Readable } from 'node:stream';
import type { Running, ServerOptions } from '../http/server.ts';
import type { OpenProduct } from './product.ts';

/** A stream the program writes text to. */
export interface Out {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** The world outside the program, so that a test can be it. */
export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  /** What a program at the other end says; absent where none is. */
  readonly stdin?: Readable;
  readonly env: NodeJS.ProcessEnv;
  now(): Date;
  /** Aborted when the user interrupts; its reason is the exit code. */
  readonly signal: AbortSignal;
  readonly openProduct: OpenProduct;
  readonly startServer: (options: ServerOptions) => Promise<Running>;
}
