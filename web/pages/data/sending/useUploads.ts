import { useEffect, useState, useSyncExternalStore } from 'react';
import { type Sending, uploads } from './uploadBook.ts';

/** The files of the import page. */
export function useUploads(): readonly Sending[] {
  return useSyncExternalStore(uploads.subscribe, uploads.list);
}

/** Keeps the numbers of uploads in the address, and takes up those that a reload has left there. */
export function useUploadsInAddress(held: readonly string[], hold: (ids: readonly string[]) => void): void {
  const now = useUploads()
    .flatMap(({ upload }) => upload ?? [])
    .join(' ');
  const [isRecalled, setRecalled] = useState(held.length === 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once, when the page opens
  useEffect(() => {
    if (!isRecalled) void uploads.recall(held).finally(() => setRecalled(true));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: written only when the list itself changes
  useEffect(() => {
    if (isRecalled && now !== held.join(' ')) hold(now === '' ? [] : now.split(' '));
  }, [now, isRecalled]);
}
