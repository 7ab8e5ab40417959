import type { Problem } from '../../src/api/common.ts';
import type { Text } from '../../src/base/text.ts';

/** What a request came to when it failed: `code` is stable, `detail` is for people. */
export class ApiError extends Error {
  readonly status: number;
  /** Stable name of the fault; `offline` where no answer came at all. */
  readonly code: string;
  readonly detail: string;
  /** The problem as it came, with any members of its own. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.problem = problem;
  }

  /** The detail in both languages, where the server has it. */
  get text(): Text | undefined {
    return isText(this.problem.text) ? this.problem.text : undefined;
  }
}

/** The fault an answer tells, RFC 9457; a body that is none is told by its status alone. */
export async function faultOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!isProblem(body)) return new ApiError(response.status, `http_${response.status}`, response.statusText);
  return new ApiError(response.status, body.code, body.detail, { ...body });
}

function isText(given: unknown): given is Text {
  return typeof given === 'object' && given !== null && 'zh' in given && 'en' in given;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** Whether an error is the end of a session: whoever asked must log in again. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
