import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LiveState } from '../../../src/api/live.ts';
import { clientNames } from './clients.ts';
import { Serving } from './serving.ts';

/** Source of the events that are sent without a client. */
export const BULK = 'bulk';
export const sources: readonly string[] = [...clientNames, BULK];

export interface SceneOptions {
  /** A built program to serve with; else the source. */
  readonly program?: string | undefined;
  /** Size of a disk of its own for the home, in memory: only root may. */
  readonly megabytes?: number | undefined;
  /** Folder for the home, which whoever gives it takes away; else one of its own. */
  readonly disk?: string | undefined;
}

/** A home with a source for each client, served by a process of its own. */
export class Scene {
  readonly disk: string;
  readonly home: string;
  readonly serving: Serving;
  /** Write keys by source. */
  readonly keys: Record<string, string> = {};
  readonly #mounted: boolean;
  readonly #given: boolean;

  constructor({ program, megabytes, disk }: SceneOptions) {
    this.#given = disk !== undefined;
    this.disk = disk ?? mkdtempSync(join(tmpdir(), 'qiancheng-torture-'));
    this.home = join(this.disk, 'home');
    this.#mounted = megabytes !== undefined;
    if (megabytes !== undefined) mount(this.disk, megabytes);
    mkdirSync(this.home);
    this.serving = new Serving({ home: this.home, program });
  }

  async open(): Promise<this> {
    await this.serving.start();
    for (const name of sources) {
      const body = JSON.stringify({ name });
      const { key } = (await this.ask('/api/sources', { method: 'POST', body })) as { key: string };
      this.keys[name] = key;
    }
    return this;
  }

  /** Resolves when every event that was answered is among the facts; fails where that takes more than a minute. */
  async settled(): Promise<void> {
    for (const until = Date.now() + 60_000; ; await pause(50)) {
      const { waiting } = (await this.ask('/api/live')) as LiveState;
      if (waiting.segments === 0) return;
      if (Date.now() > until)
        throw new Error(`${waiting.bytes} bytes of events still wait: ${this.serving.said.slice(-2000)}`);
    }
  }

  async close(): Promise<void> {
    await this.serving.kill('tree');
    if (this.#mounted) execFileSync('umount', ['-l', this.disk]);
    if (!this.#given) rmSync(this.disk, { recursive: true, force: true });
  }

  /** Asks the server as a program of the same user on the same machine does. */
  async ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const { url, token } = JSON.parse(readFileSync(join(this.home, 'server.json'), 'utf8')) as Record<string, string>;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path} is refused with ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}

/** Whether this process may make a disk of its own. */
export function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'qiancheng-disk-'));
  try {
    mount(dir, 1);
    execFileSync('umount', [dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function mount(dir: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'ignore' });
}
