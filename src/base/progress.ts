/** One step of long work as its watcher sees it; `total` is absent while it is unknown. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'rows' | 'bytes' | 'consumers' | 'files';
  /** Rows taken so far, when `done` counts bytes. */
  readonly rows?: number;
}

/** Receives progress; the terminal draws it, a job stores it, a test ignores it. */
export type Watch = (progress: Progress) => void;

export const unwatched: Watch = () => {};
