import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openRegistry } from '../registry/open.ts';
import type { Registry } from '../registry/registry.ts';
import type { Actor } from './actor.ts';
import { sessionCookie } from './sessions.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-accounts-'));

/** A registry of the test file's own, closed and removed after its tests. */
export async function freshRegistry(): Promise<Registry> {
  const registry = await openRegistry({ kind: 'embedded', dir: join(folder, 'registry') });
  afterAll(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });
  return registry;
}

/** A clock that stands until it is moved. */
export function clock(start = '2026-07-15T00:00:00Z') {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    pass: (minutes: number) => {
      at += minutes * 60_000;
    },
  };
}

export const cookie = (token: string): Headers => new Headers({ cookie: `${sessionCookie}=${token}` });
export const bearer = (key: string): Headers => new Headers({ authorization: `Bearer ${key}` });

/** The terminal, as the audit names it. */
export const terminal: Actor = {
  name: 'terminal',
  role: 'admin',
  via: 'local',
  permissions: new Set(),
  mustChangePassword: false,
};
