import { type PageEntry, pages } from '../pages.ts';

/** The page that stands at a path, if any. */
export function pageAt(path: string): PageEntry | undefined {
  return pages.find((entry) => new RegExp(`^${entry.path.replace(/:[a-z]+/g, '[^/]+')}/?$`).test(path));
}
