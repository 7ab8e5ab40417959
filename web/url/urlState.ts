import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'wouter';

/** What a page keeps in its address: texts, numbers, flags, and small objects (null where there is none). */
export type UrlValue = string | number | boolean | object | null;
export type UrlDefaults = Readonly<Record<string, UrlValue>>;

/** A default read as the type it stands for: `'all'` as any text, `null as X | null` as X or null. */
type Wide<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T;
export type UrlState<D extends UrlDefaults> = { readonly [K in keyof D]: Wide<D[K]> };

/** The state in a query string; what is absent or unreadable is the default. */
export function readUrl<D extends UrlDefaults>(search: URLSearchParams, defaults: D): UrlState<D> {
  const entries = Object.entries(defaults).map(([name, value]) => [name, readValue(search.get(name), value)]);
  return Object.fromEntries(entries) as UrlState<D>; // as: each value is read as its default's type
}

function readValue(text: string | null, otherwise: UrlValue): UrlValue {
  if (text === null) return otherwise;
  if (typeof otherwise === 'string') return text;
  if (typeof otherwise === 'number')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : otherwise;
  if (typeof otherwise === 'boolean') return text === '1' ? true : text === '0' ? false : otherwise;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** The query string after a change; values at their default are left out, and names of others stay. */
export function writeUrl<D extends UrlDefaults>(
  search: URLSearchParams,
  defaults: D,
  change: Partial<UrlState<D>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || same(value as UrlValue, defaults[name] ?? null)) next.delete(name);
    else next.set(name, textOf(value as UrlValue));
  }
  return next;
}

function textOf(value: UrlValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function same(left: UrlValue, right: UrlValue): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** A change pushes a step of the browser's history unless it says otherwise. */
export type SetUrl<D extends UrlDefaults> = (change: Partial<UrlState<D>>, options?: { replace?: boolean }) => void;

/** A page's state in the address, so that a link, back and forward bring it again. Values equal to defaults stay out. */
export function useUrlState<D extends UrlDefaults>(defaults: D): [UrlState<D>, SetUrl<D>] {
  const [search, setSearch] = useSearchParams();
  const current = useRef(defaults);
  if (!same(current.current, defaults)) current.current = defaults;
  const stable = current.current;
  const state = useMemo(() => readUrl(search, stable), [search, stable]);
  const set = useCallback<SetUrl<D>>(
    (change, options) =>
      setSearch((before) => writeUrl(before, stable, change), { replace: options?.replace ?? false }),
    [setSearch, stable],
  );
  return [state, set];
}
