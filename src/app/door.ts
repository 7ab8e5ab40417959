import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bornAt, stateOf } from './process.ts';

const door = z.object({ pid: z.int(), born: z.string(), url: z.string(), token: z.string() });

/** How other processes of this user reach the server that holds a home. */
export type Door = z.infer<typeof door>;

const pathOf = (dir: string): string => join(dir, 'server.json');

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Says where the server of this home listens; only this user may read it, for its token opens everything. */
export function openDoor(dir: string, url: string, token: string): { close(): void } {
  const draft = `${pathOf(dir)}.new`;
  const content: Door = { pid: process.pid, born: bornAt(process.pid), url, token };
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, pathOf(dir));
  return { close: () => rmSync(pathOf(dir), { force: true }) };
}

/** The living server that holds a home, if one does. */
export function findDoor(dir: string): Door | undefined {
  try {
    const found = door.parse(JSON.parse(readFileSync(pathOf(dir), 'utf8')));
    return stateOf(found) === 'alive' ? found : undefined;
  } catch {
    return undefined;
  }
}
