import { closeSync, existsSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes under a path that another process of this machine can read once. */
export interface Spill {
  readonly path: string;
  close(): void;
}

const MEMORY = '/dev/shm';

/**
 * Hands bytes to the engine's process without leaving them on a disk: on Linux the file lies in memory and has no name
 * any more when the engine opens it, so that even a kill leaves nothing. Elsewhere a private temporary file, removed after.
 */
export function spill(bytes: Uint8Array): Spill {
  return existsSync(MEMORY) && existsSync('/proc/self/fd') ? nameless(bytes) : temporary(bytes);
}

function nameless(bytes: Uint8Array): Spill {
  const name = join(MEMORY, `qiancheng-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const file = openSync(name, 'wx+', 0o600);
  unlinkSync(name);
  writeAll(file, bytes);
  return { path: `/proc/${process.pid}/fd/${file}`, close: () => closeSync(file) };
}

function temporary(bytes: Uint8Array): Spill {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-'));
  const path = join(folder, 'payload');
  const file = openSync(path, 'wx', 0o600);
  writeAll(file, bytes);
  closeSync(file);
  return { path, close: () => rmSync(folder, { recursive: true, force: true }) };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
