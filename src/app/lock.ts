import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { UnavailableError } from '../base/errors.ts';
import { bornAt, stateOf } from './process.ts';

const leaveMs = 20;
const leaveAttempts = 250;

const ownerSchema = z.object({ pid: z.int(), born: z.string(), since: z.string(), nonce: z.string() });

/** Who holds a lock: a process, told from a later one of the same number by when it was born. */
type Owner = z.infer<typeof ownerSchema>;

/** A lock that this process holds until it is released or the process ends, however it ends. */
export interface Lock {
  release(): void;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock is written whole before it gets its name, so text that names nobody was damaged and belongs to nobody. */
function ownerIn(content: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

/** Gives `content` the name `path` unless something has that name. */
function claim(path: string, content: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/**
 * Takes the name `path` for this process, from a dead owner too. Who may follow a dead owner is settled by a second
 * lock, named after what the dead one wrote: only its holder replaces the file, and only while it still says the same.
 * Answers with the living owner when there is one.
 */
function take(path: string, mine: string): Owner | undefined {
  while (!claim(path, mine)) {
    const found = contentOf(path);
    if (found === undefined) continue;
    const owner = ownerIn(found);
    if (owner && stateOf(owner) !== 'gone') return owner;
    const succession = `${path}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}`;
    const rival = take(succession, mine);
    if (rival) return rival;
    if (contentOf(path) === found) {
      renameSync(succession, path);
      return undefined;
    }
    unlinkSync(succession);
  }
  return undefined;
}

function lockedError(path: string, owner: Owner): UnavailableError {
  return new UnavailableError(
    'home_locked',
    `The home is in use: process ${owner.pid} holds ${path} since ${owner.since}. Wait until it is done or stop it, then try again; one process at a time works on a home.`,
  );
}

/** Takes the lock at `path` for this process, waiting only for an owner that was killed and has not quite gone yet. */
export async function takeLock(path: string, now: Date): Promise<Lock> {
  const owner: Owner = { pid: process.pid, born: bornAt(process.pid), since: now.toISOString(), nonce: randomUUID() };
  const mine = JSON.stringify(owner);
  for (let attempt = 0; ; attempt++) {
    const other = take(path, mine);
    if (!other) break;
    if (stateOf(other) === 'alive' || attempt >= leaveAttempts) throw lockedError(path, other);
    await pause(leaveMs);
  }
  return {
    release: () => {
      if (contentOf(path) === mine) unlinkSync(path);
    },
  };
}
