import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const listeners = new Set<() => void>();
let printing = false;

/** Dresses the page for paper, or for the screen again: light inks, and the report at the width of the sheet. */
export function dressForPrint(on: boolean): void {
  if (printing === on) return;
  printing = on;
  document.body.classList.toggle('qc-printing', on);
  // Note: the browser takes its picture of the page as soon as it has told that it will print.
  flushSync(() => {
    for (const each of listeners) each();
  });
}

window.addEventListener('beforeprint', () => dressForPrint(true));
window.addEventListener('afterprint', () => dressForPrint(false));

/** Whether the page is dressed for paper. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => printing,
  );
}
