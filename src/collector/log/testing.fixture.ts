import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, Placed } from '../entry.ts';
import { type Log, type LogOptions, openLog } from './log.ts';
import { entriesIn } from './segment.ts';

export const entry = (body: string | Buffer, received = 1_700_000_000_000): Entry => ({
  source: 'shop',
  protocol: 'plain',
  received,
  head: { path: '/v1/batch' },
  body: Buffer.from(body),
});

/** A folder of its own, gone when the test ends. */
export async function inFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'qiancheng-log-'));
  try {
    await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Opens a log, works on it, and closes it. */
export async function withLog<T>(dir: string, options: LogOptions, work: (log: Log) => Promise<T>): Promise<T> {
  const log = await openLog(dir, options);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** Everything the log holds, in order. */
export async function all(log: Log): Promise<readonly Placed[]> {
  await log.seal();
  const placed: Placed[] = [];
  for (const segment of log.sealed()) placed.push(...entriesIn(await segment.load(), segment.noteDamage));
  return placed;
}

export const bodies = async (log: Log): Promise<readonly string[]> =>
  (await all(log)).map((placed) => placed.entry.body.toString());
