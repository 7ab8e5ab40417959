import type { Text } from './text.ts';

/** Errors a caller can act upon. Anything else that is thrown is a bug. */
export abstract class QianchengError extends Error {
  /** Stable name of the fault, for scripts and for problem details. */
  readonly code: string;
  /** The message in every language, where it has words for that; the message itself is English. */
  readonly text: Text | undefined;
  abstract readonly exitCode: number;

  constructor(code: string, message: string | Text, options?: ErrorOptions) {
    super(typeof message === 'string' ? message : message.en, options);
    this.code = code;
    this.text = typeof message === 'string' ? undefined : message;
    this.name = new.target.name;
  }
}

/** What the caller gave is wrong; the message names what, where and what to do. Exit 2. */
export class InputError extends QianchengError {
  readonly exitCode = 2;
}

/** The thing asked for is not there. Exit 2. */
export class NotFoundError extends QianchengError {
  readonly exitCode = 2;
}

/** The request clashes with what stands. Exit 2. */
export class ConflictError extends QianchengError {
  readonly exitCode = 2;
}

/** Refused by a privacy rule; the message states the rule. Exit 3. */
export class RefusedError extends QianchengError {
  readonly exitCode = 3;
}

/** Nothing is wrong with the request; try again later. Exit 75. */
export class UnavailableError extends QianchengError {
  readonly exitCode = 75;
}
