import { InputError } from '../base/errors.ts';

/** Which page of a list, newest first: at most `limit`, after the one that `cursor` names. */
export interface PageOf {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of a list; `next` is the cursor of the one after it. */
export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

/** The number that a cursor of a list by number stands for; null on the first page. */
export function beforeOf({ cursor }: PageOf): number | null {
  if (cursor === undefined) return null;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new InputError('cursor', 'The cursor is not one that this list gave: take `next` of the page before.');
}

/** A page from one row more than it may have. */
export function pageFrom<T extends { readonly id: number }>(rows: readonly T[], { limit }: PageOf): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: String(last.id) } : { items };
}
