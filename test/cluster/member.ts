import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '../../src/api/jobs.ts';

const program = fileURLToPath(new URL('serving.fixture.ts', import.meta.url));

/** One of several servers on the same stores, in a process of its own. */
export class Member {
  readonly home: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #url = '';
  #said = '';
  #number = 0;

  constructor(home: string, env: Readonly<Record<string, string>>) {
    this.home = home;
    this.#env = env;
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const env = { ...process.env, ...this.#env };
    const child = fork(program, [this.home], {
      env,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.stderr?.on('data', (text) => {
      this.#said = `${this.#said}${text}`.slice(-3000);
    });
    const told = await Promise.race([
      once(child, 'message').then(([message]) => message as { url: string }),
      once(child, 'exit').then(() => {
        throw new Error(`The server ended: ${this.#said}`);
      }),
    ]);
    this.#url = told.url;
  }

  /** What a task of the fixture gives. */
  do<T>(task: string, given = 0): Promise<T> {
    const child = this.#child;
    this.#number += 1;
    const number = this.#number;
    return new Promise<T>((resolve, reject) => {
      if (!child?.connected) return reject(new Error('The server does not run.'));
      const hear = (message: { number?: number; value?: T; fault?: string }) => {
        if (message.number !== number) return;
        child.off('message', hear);
        child.off('exit', die);
        if (message.fault === undefined) resolve(message.value as T);
        else reject(new Error(message.fault));
      };
      const die = () => reject(new Error('killed'));
      child.on('message', hear);
      child.once('exit', die);
      child.send({ number, task, given });
    });
  }

  /** Resolves when the server stands in the middle of a change that it will never end. */
  async halfWay(): Promise<void> {
    const child = this.#child;
    if (!child) throw new Error('not started');
    this.do('change', 1).catch(() => {});
    for (;;) {
      const [message] = (await once(child, 'message')) as [{ half?: boolean }];
      if (message.half) return;
    }
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { token } = JSON.parse(readFileSync(join(this.home, 'server.json'), 'utf8')) as { token: string };
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Every change of a job as this server tells it, until it is over. */
  async watched(job: number): Promise<Job[]> {
    const { token } = JSON.parse(readFileSync(join(this.home, 'server.json'), 'utf8')) as { token: string };
    const answer = await fetch(`${this.#url}/api/jobs/${job}/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as Job);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
