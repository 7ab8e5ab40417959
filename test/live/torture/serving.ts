import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { productProgram } from '../../program.ts';
import { freePort } from '../../servers/ports.ts';

export interface ServingOptions {
  readonly home: string;
  /** A built program to start; else the one of these sources. */
  readonly program?: string | undefined;
}

/** A server of a home in a process of its own, that is killed and started again. */
export class Serving {
  port = 0;
  /** Starts that ended by themselves, and what they said. */
  readonly failed: string[] = [];
  readonly #options: ServingOptions;
  #child: ChildProcess | undefined;
  #said = '';

  constructor(options: ServingOptions) {
    this.#options = options;
    process.once('exit', () => {
      if (this.running && this.#child?.pid !== undefined) send(-this.#child.pid, 'SIGKILL');
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the process said since it began. */
  get said(): string {
    return this.#said;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts a process and does not wait for it. */
  async begin(): Promise<void> {
    this.port = await freePort();
    const { home, program } = this.#options;
    const node = program === undefined ? productProgram : [program];
    const argv = [...node, '--home', home, 'serve', '--port', String(this.port)];
    this.#said = '';
    const child = spawn(process.execPath, argv, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (this.#child === child) this.#said = `${this.#said}${text}`.slice(-20_000);
    });
    this.#child = child;
  }

  /** Starts it until it answers: one that cannot start, as another has the home still, is started again. */
  async start(attempts = 5): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (!this.running) await this.begin();
      if (await this.#healthy()) return;
      const why = `${this.running ? 'silent' : `exit code ${this.#child?.exitCode}`}: ${this.#said.slice(-3000)}`;
      this.failed.push(why);
      await this.kill('tree');
      if (attempt === attempts) throw new Error(`The server does not start: ${why}`);
    }
  }

  async #healthy(): Promise<boolean> {
    for (const until = Date.now() + 60_000; this.running && Date.now() < until; await pause(25)) {
      const signal = AbortSignal.timeout(1000);
      const headers = { connection: 'close' };
      const answered = await fetch(`${this.url}/api/health`, { signal, headers }).catch(() => undefined);
      if (answered?.ok) return true;
    }
    return false;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Process of the engine, if it runs. */
  get engine(): number | undefined {
    return this.#child?.pid === undefined ? undefined : childOf(this.#child.pid, /engine\.[jt]s/);
  }

  /** SIGKILL to the server alone, or to all it has started; ends when whoever was sent it is gone. */
  async kill(what: 'server' | 'tree'): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || !this.running) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    send(what === 'tree' ? -child.pid : child.pid, 'SIGKILL');
    await gone;
    if (what === 'tree') await emptied(child.pid);
  }

  /** False where no engine runs. */
  signalEngine(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean {
    const { engine } = this;
    return engine !== undefined && send(engine, signal);
  }

  /** Asks it to end, and waits. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || !this.running) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    send(child.pid, 'SIGTERM');
    await Promise.race([gone, pause(30_000)]);
    await this.kill('tree');
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it is gone already
  }
}

/** Ends when no process of a group lives: an engine lets its files go some time after the server that began it. */
async function emptied(group: number): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; await pause(10))
    if (!processes().some((each) => each.group === group && each.state !== 'Z')) return;
}

/** The child of a process whose command line matches. */
function childOf(parent: number, command: RegExp): number | undefined {
  return processes().find((each) => each.parent === parent && command.test(commandOf(each.pid)))?.pid;
}

/** What runs on this machine. */
function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      if (stat === '') return [];
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), state, parent: Number(parent), group: Number(group) }];
    });
}

const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`);

/** Empty where the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
