import { QianchengError } from './errors.ts';

/** One step of long work as its watcher sees it; `total` is absent while it is unknown. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'rows' | 'bytes' | 'consumers' | 'files' | 'batches' | 'steps' | 'seconds';
  /** Rows taken so far, when `done` counts bytes. */
  readonly rows?: number;
  /** Of work that has not begun: its place in the queue, 1 the next, and the seconds that is thought to take. */
  readonly waits?: { readonly place: number; readonly seconds: number };
}

/** Receives progress; the terminal draws it, a job stores it, a test ignores it. One that throws ends the work there. */
export type Watch = (progress: Progress) => void;

export const unwatched: Watch = () => {};

/** Thrown by a watch: the work is to end here. What `resumes` leaves its half-done work for the next start to go on with. */
export class CancelledError extends QianchengError {
  readonly exitCode = 75;
  readonly resumes: boolean;

  constructor(resumes: boolean) {
    super(
      'cancelled',
      resumes ? 'The work was stopped and goes on when the server starts again.' : 'The work was cancelled.',
    );
    this.resumes = resumes;
  }
}

/** The same watch for a step that must not end half-way: what it throws is thrown by the next report after it. */
export function steady(watch: Watch): Watch {
  return (progress) => {
    try {
      watch(progress);
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
  };
}
