import { digestOf } from './tokens.ts';

/** How long a caller is believed to be who the registry said: a page asks many things at once. */
const believedMs = 5_000;
const mostKept = 10_000;

/** Callers just found, by what they sent. A change made through this process is followed at once, by another within 5 s. */
export interface Recent<T> {
  find(sent: string, look: () => Promise<T | undefined>): Promise<T | undefined>;
  /** To be called after each change of who may do what. */
  forget(): void;
}

/** Remembers who was found, and nobody who was not. */
export function recent<T>(now: () => Date): Recent<T> {
  const kept = new Map<string, { readonly at: number; readonly found: Promise<T | undefined> }>();
  return {
    find(sent, look) {
      const name = digestOf(sent);
      const at = now().getTime();
      const known = kept.get(name);
      if (known && at >= known.at && at - known.at < believedMs) return known.found;
      if (kept.size >= mostKept) kept.clear();
      const entry = { at, found: look() };
      const drop = () => {
        if (kept.get(name) === entry) kept.delete(name);
      };
      kept.set(name, entry);
      entry.found.then((found) => found === undefined && drop(), drop);
      return entry.found;
    },
    forget: () => kept.clear(),
  };
}
