import type { Protocol, ProtocolRoute } from '../protocol.ts';

/** A route and the protocol it belongs to. */
export interface Place {
  readonly protocol: Protocol;
  readonly route: ProtocolRoute;
}

/** An address of the collector: what it takes by each method, and the parts of the path that the routes name. */
export interface Address {
  readonly path: string;
  readonly byMethod: ReadonlyMap<string, Place>;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the address of a path, or none. */
export type Addresses = (path: string) => Address | undefined;

interface Pattern {
  readonly parts: readonly string[];
  readonly byMethod: Map<string, Place>;
}

const NONE: Readonly<Record<string, string>> = {};

export function addressesOf(protocols: readonly Protocol[]): Addresses {
  const fixed = new Map<string, Map<string, Place>>();
  const patterns = new Map<string, Pattern>();
  for (const protocol of protocols)
    for (const route of protocol.routes) {
      const path = withoutSlash(route.path);
      const byMethod = path.includes('/:')
        ? made(patterns, path, () => ({ parts: path.split('/'), byMethod: new Map() })).byMethod
        : made(fixed, path, () => new Map());
      const other = byMethod.get(route.method);
      if (other) throw new Error(`${route.method} ${path} is both ${other.protocol.id}'s and ${protocol.id}'s.`);
      byMethod.set(route.method, { protocol, route });
    }
  const named = [...patterns.values()];
  return (asked) => {
    const path = withoutSlash(asked);
    const byMethod = fixed.get(path);
    if (byMethod) return { path, byMethod, params: NONE };
    const parts = path.split('/');
    for (const pattern of named) {
      const params = matched(pattern.parts, parts);
      if (params) return { path, byMethod: pattern.byMethod, params };
    }
    return undefined;
  };
}

/** The path of a request's target, and its query. */
export function readTarget(target: string): { path: string; query: URLSearchParams } {
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const cut = local.indexOf('?');
  if (cut === -1) return { path: local, query: new URLSearchParams() };
  return { path: local.slice(0, cut), query: new URLSearchParams(local.slice(cut + 1)) };
}

const withoutSlash = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

function made<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function matched(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (!name.startsWith(':')) {
      if (name !== part) return undefined;
    } else if (part === '') return undefined;
    else params[name.slice(1)] = decoded(part);
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
