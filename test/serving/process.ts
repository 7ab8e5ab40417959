import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { productProgram } from '../program.ts';
import { freePort } from '../servers/ports.ts';

/** One event of a server's log. */
export interface Told {
  readonly event: string;
  readonly level: string;
  readonly route?: string;
  readonly status?: number;
}

/** A server in a process of its own, as an operator runs it; its log is JSON. */
export class ServerProcess {
  readonly url: string;
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly #child: ChildProcess;
  readonly #home: string;
  #said = '';

  private constructor(home: string, port: number) {
    this.#home = home;
    this.url = `http://127.0.0.1:${port}`;
    const argv = [...productProgram, '--home', home, 'serve', '--port', String(port)];
    const env = { ...process.env, QIANCHENG_LOG: 'json' };
    this.#child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
    this.exited = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  static async start(home: string, port?: number): Promise<ServerProcess> {
    const server = new ServerProcess(home, port ?? (await freePort()));
    await server.tells(({ event }) => event === 'server.ready');
    return server;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** All it wrote to its log. */
  get said(): string {
    return this.#said;
  }

  /** The log so far. Note: a line that is not JSON fails here. */
  told(): Told[] {
    return this.#said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Told);
  }

  /** Resolves when the log holds such an event. */
  async tells(isIt: (event: Told) => boolean): Promise<void> {
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(10)) {
      if (this.told().some(isIt)) return;
      if (this.#child.exitCode !== null) break;
    }
    throw new Error(`The server did not tell it: ${this.#said.slice(-2000)}`);
  }

  /** Kills the engine, a child of the server's. */
  killEngine(): void {
    const { pid } = this.#child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    const engine = children.find((each) => readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('warehouse'));
    if (engine === undefined) throw new Error('The server has no engine.');
    process.kill(engine, 'SIGKILL');
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(name);
  }

  /** The terminal's own key to this server. */
  get headers(): Record<string, string> {
    const { token } = JSON.parse(readFileSync(join(this.#home, 'server.json'), 'utf8')) as { token: string };
    return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  post(path: string, body: unknown, headers = this.headers): Promise<Response> {
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Begins a request whose body is not whole until `finish` is called; that gives the status of the answer. */
  async half(path: string, body: unknown): Promise<{ finish(): Promise<number> }> {
    const text = JSON.stringify(body);
    const headers = { ...this.headers, 'content-length': String(Buffer.byteLength(text)), expect: '100-continue' };
    const sent: ClientRequest = request(`${this.url}${path}`, { method: 'POST', headers });
    const answered = new Promise<number>((resolve, reject) => {
      sent.once('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.once('error', reject);
    });
    answered.catch(() => {});
    const taken = new Promise((resolve) => sent.once('continue', resolve));
    sent.flushHeaders();
    await taken;
    sent.write(text.slice(0, 1));
    return {
      finish: () => {
        sent.end(text.slice(1));
        return answered;
      },
    };
  }
}
