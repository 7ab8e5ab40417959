import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError, QianchengError } from '../base/errors.ts';
import { type Config, type Environment, readConfig } from './config.ts';
import { takeLock } from './lock.ts';

const keyBytes = 32;

/** The folder of one installation, held by this process alone: `config.yaml`, `key`, `server`, `lock`, `warehouse/`, `registry/`. */
export interface HomeFolder {
  readonly dir: string;
  readonly config: Config;
  /** 32 random bytes, made once: what personal identifiers are hashed and encrypted with. */
  readonly key: Buffer;
  /** What the home calls itself among servers on one registry: made once, the file `server`. */
  readonly server: string;
  /** Lets other processes have the home. */
  release(): void;
}

/** Which folder is meant: the one given, else QIANCHENG_HOME, else `qiancheng-home` where the program was started. */
export function homeDir(given: string | undefined, env: Environment): string {
  return resolve(given || env.QIANCHENG_HOME || 'qiancheng-home');
}

/** On disk whole before it gets its name: a home with half a key, or a key lost with the power, could read nothing. */
function writeWhole(dir: string, name: 'key' | 'server', text: string): void {
  const draft = join(dir, `${name}.new`);
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, join(dir, name));
  const folder = openSync(dir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function textOf(dir: string, name: 'key' | 'server'): string | undefined {
  try {
    return readFileSync(join(dir, name), 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const isKey = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

/** The key that the environment gives, for the server that joins another: it becomes the home's own. */
function givenKey({ QIANCHENG_KEY: given }: Environment): string | undefined {
  if (!given || isKey(given.trim())) return given?.trim().toLowerCase() || undefined;
  throw new InputError(
    'home_key',
    'QIANCHENG_KEY is not a key (64 hexadecimal digits). Give it what the file `key` of the first server holds.',
  );
}

function keyOf(dir: string, env: Environment): Buffer {
  const text = textOf(dir, 'key');
  const given = givenKey(env);
  const path = join(dir, 'key');
  if (given !== undefined && text !== undefined && text.toLowerCase() !== given)
    throw new InputError(
      'home_key',
      `QIANCHENG_KEY is another key than ${path}. Unset it, or, where this home has no data of its own yet, remove that file.`,
    );
  if (text === undefined && given !== undefined) {
    writeWhole(dir, 'key', given);
    return Buffer.from(given, 'hex');
  }
  if (text === undefined) {
    const hasData = ['warehouse', 'registry'].some((store) => readdirSync(join(dir, store)).length > 0);
    if (hasData)
      throw new InputError(
        'home_key',
        `The home has data but its key, ${path}, is missing. Put the key back from a backup: another key would take every known consumer for a new one.`,
      );
    const key = randomBytes(keyBytes);
    writeWhole(dir, 'key', key.toString('hex'));
    return key;
  }
  if (!isKey(text))
    throw new InputError('home_key', `${path} is not a key (64 hexadecimal digits). Put the key back from a backup.`);
  return Buffer.from(text, 'hex');
}

function serverOf(dir: string): string {
  const known = textOf(dir, 'server');
  if (known) return known;
  const made = randomUUID();
  writeWhole(dir, 'server', made);
  return made;
}

/** Turns what a file system refuses into words about the home. */
async function onDisk<T>(dir: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QianchengError || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new InputError(
      'home_unusable',
      `The home ${dir} cannot be used: ${error.message}. Choose a folder where this user may write, with --home or QIANCHENG_HOME.`,
      { cause: error },
    );
  }
}

async function hold(dir: string, env: Environment, now: Date): Promise<Omit<HomeFolder, 'config'>> {
  for (const store of ['warehouse', 'registry']) mkdirSync(join(dir, store), { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(dir, 'lock'), now);
  try {
    return { dir, key: keyOf(dir, env), server: serverOf(dir), release: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens a home, made where there is none; refused with `home_locked` while another process has it. */
export async function openHomeFolder(dir: string, env: Environment, now: Date): Promise<HomeFolder> {
  const config = readConfig(dir, env);
  return { ...(await onDisk(dir, () => hold(dir, env, now))), config };
}
