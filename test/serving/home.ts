import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { openHere } from '../../src/cli/remote/open.ts';
import type { OpeningOptions } from '../../src/http/opening.ts';
import { type Running, startServer } from '../../src/http/server.ts';

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder for a home, one for files to import, and what a user does with them: commands, and a server on a free port. */
export class ServedHome {
  readonly root = mkdtempSync(join(tmpdir(), 'qiancheng-served-'));
  readonly dir = join(this.root, 'home');
  readonly files = join(this.root, 'files');
  readonly now = new Date('2026-07-15T00:00:00Z');
  readonly logged: string[] = [];
  #running: Running | undefined;

  constructor() {
    mkdirSync(this.files);
  }

  /** Writes a file to import and gives its path. */
  file(name: string, content: string): string {
    const path = join(this.files, name);
    writeFileSync(path, content);
    return path;
  }

  /** `warms` as `qiancheng serve` does: what the first page asks is asked ahead; `warmsEvery` milliseconds while events come in. */
  async serve({ warms, warmsEvery }: Pick<OpeningOptions, 'warms' | 'warmsEvery'> = {}): Promise<Running> {
    this.#running ??= await startServer({
      ...(warms ? { warms } : {}),
      ...(warmsEvery === undefined ? {} : { warmsEvery }),
      home: this.dir,
      host: '127.0.0.1',
      port: 0,
      env: {},
      now: () => this.now,
      log: (line) => void this.logged.push(line),
    });
    return this.#running;
  }

  /** One command line, answered as JSON. */
  async call(...argv: readonly string[]): Promise<Called> {
    let out = '';
    let err = '';
    const code = await main([...argv, '--home', this.dir, '--format', 'json', '--quiet'], {
      stdout: { write: (text) => (out += text), isTTY: false },
      stderr: { write: (text) => (err += text), isTTY: false },
      env: {},
      now: () => this.now,
      signal: new AbortController().signal,
      openProduct: (dir, env, now) => openHere(dir, env, now),
      startServer,
    });
    return { code, out, err };
  }

  async stop(): Promise<void> {
    await this.#running?.close();
    this.#running = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.root, { recursive: true });
  }
}
