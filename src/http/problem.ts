import type { Problem } from '../api/common.ts';
import {
  ConflictError,
  InputError,
  NotFoundError,
  QianchengError,
  RefusedError,
  UnavailableError,
} from '../base/errors.ts';
import { readBack } from '../base/faults/say.ts';
import type { Text } from '../base/text.ts';

/** A fault of the request itself, with the status that HTTP has for it. */
export class HttpError extends QianchengError {
  readonly exitCode = 2;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string | Text, headers: Readonly<Record<string, string>> = {}) {
    super(code, message);
    this.status = status;
    this.headers = headers;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is wrong',
  401: 'Log in first',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Clashes with what stands',
  413: 'Too large',
  415: 'Media type not taken',
  422: 'Refused by a privacy rule',
  429: 'Too many requests',
  500: 'A fault of the product',
  503: 'Try again later',
};

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  if (error instanceof InputError) return 400;
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ConflictError) return 409;
  if (error instanceof RefusedError) return 422;
  if (error instanceof UnavailableError) return 503;
  return 500;
}

/** What a caller is told of a fault, RFC 9457. Note: of a fault of the product itself nothing but that it is one. */
export function problemOf(error: unknown): Problem {
  const status = statusOf(error);
  const known = error instanceof QianchengError;
  const text = known ? (error.text ?? readBack(error.message)) : undefined;
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Fault',
    status,
    code: known ? error.code : 'internal',
    detail: known ? error.message : 'Something failed inside the product; the log of the server says what.',
    ...(text ? { text } : {}),
  };
}

export function problemResponse(error: unknown): Response {
  const problem = problemOf(error);
  const own = error instanceof HttpError ? error.headers : {};
  const retry: Record<string, string> = problem.status === 503 ? { 'retry-after': '5' } : {};
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...retry, ...own },
  });
}
