import type { Sending } from './sending/uploadBook.ts';
import { readingOf } from './useRecognised.ts';

type Planned = Pick<Sending, 'plan'>;

/** Files by the way they are to be read: an import has one way for all its files. */
export function planned<F extends Planned>(files: readonly F[]): F[][] {
  const groups = new Map<string, F[]>();
  for (const file of files) {
    const key = JSON.stringify(readingOf(file.plan));
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}
