import { UnavailableError } from '../../base/errors.ts';

/** The log does not take an entry now: nothing of it is acknowledged, and it may be sent again. */
export abstract class LogFault extends UnavailableError {
  /** Seconds after which that is worth trying. */
  readonly retrySeconds: number;

  constructor(code: string, message: string, retrySeconds: number, options?: ErrorOptions) {
    super(code, message, options);
    this.retrySeconds = retrySeconds;
  }
}

/** There is no room for more, on disk or in memory. */
export class LogFull extends LogFault {
  constructor(message: string, retrySeconds = 10, options?: ErrorOptions) {
    super('log_full', message, retrySeconds, options);
  }
}

/** The log cannot be written, for another reason than room. */
export class LogBroken extends LogFault {
  constructor(message: string, options?: ErrorOptions) {
    super('log_broken', message, 5, options);
  }
}

const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The typed error of a write that failed. */
export function writeFault(error: unknown): LogFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (noRoom.includes(code))
    return new LogFull(`The disk of the event log is full (${code}): free some room.`, 10, { cause: error });
  return new LogBroken(`The event log could not be written (${code}): check the disk.`, { cause: error });
}
