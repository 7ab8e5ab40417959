import type { ShelfEntry } from '../../../src/api/analyses.ts';

/** Entries of an origin (`all`: any) in whose id, titles or questions every word of the search stands. */
export function matching(entries: readonly ShelfEntry[], search: string, origin: string): ShelfEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = [entry.id, entry.title.zh, entry.title.en, entry.question.zh, entry.question.en]
      .join(' ')
      .toLowerCase();
    return (origin === 'all' || entry.origin === origin) && words.every((word) => text.includes(word));
  });
}
