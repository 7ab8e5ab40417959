import { type ChildProcess, fork } from 'node:child_process';
import { UnavailableError } from '../base/errors.ts';
import { csvSettings, formatSettings, killStatement, type Settings, settingsOf } from './caps.ts';
import type { Reply, Request } from './engine.ts';
import { faultOf } from './faults.ts';
import { spill } from './spill.ts';
import { compile, Fragment, id, join, sql } from './sql.ts';
import type { Caps, Payload, Row, Warehouse } from './warehouse.ts';

type Settle = (reply: Reply) => void;

const PARENT_ENDED = 'The embedded engine stopped';

/** chDB in a child process of its own, restarted when it dies. One process owns `folder`. */
export class EmbeddedWarehouse implements Warehouse {
  readonly kind = 'embedded';
  readonly #folder: string;
  readonly #waiting = new Map<number, Settle>();
  #child: ChildProcess | undefined;
  #ready: Promise<void> | undefined;
  #next = 1;
  #closed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]> {
    const reply = await this.#ask('query', question, 'JSONEachRow', caps);
    return parseRows<R>(reply.bytes);
  }

  async *stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R> {
    const queue: Reply[] = [];
    let wake: () => void = () => {};
    const request = await this.#request('stream', question, 'JSONEachRow', caps);
    this.#waiting.set(request.id, (reply) => {
      queue.push(reply);
      wake();
    });
    this.#send(request);
    let finished = false;
    try {
      while (!finished) {
        while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const reply = queue.shift() as Reply;
        finished = reply.more !== true;
        if (reply.error) throw faultOf(reply.error.message, reply.error.code, request.text);
        yield* parseRows<R>(reply.bytes);
        if (!finished) this.#send({ ...request, op: 'next' });
      }
    } finally {
      this.#waiting.delete(request.id);
      if (!finished) this.#send({ ...request, op: 'stop' });
    }
  }

  async bytes(question: Fragment, caps?: Caps): Promise<Uint8Array> {
    return (await this.#ask('query', question, 'RowBinary', caps)).bytes ?? new Uint8Array();
  }

  async run(statement: Fragment, caps?: Caps): Promise<void> {
    await this.#ask('query', statement, 'Null', caps);
  }

  async insert(payload: Payload, caps?: Caps): Promise<void> {
    const file = spill(payload.bytes);
    try {
      const statement = insertFrom(payload, file.path);
      await this.#ask('query', statement, 'Null', caps, csvSettings(payload));
    } finally {
      file.close();
    }
  }

  async cancel(label: string): Promise<void> {
    await this.#ask('kill', killStatement(label), 'Null');
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await ended;
  }

  async #ask(
    op: 'query' | 'kill',
    statement: Fragment,
    format: string,
    caps?: Caps,
    extra?: Settings,
  ): Promise<Reply> {
    const request = await this.#request(op, statement, format, caps, extra);
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#send(request);
    });
    this.#waiting.delete(request.id);
    if (reply.error) throw faultOf(reply.error.message, reply.error.code, request.text);
    return reply;
  }

  async #request(
    op: Request['op'],
    statement: Fragment,
    format: string,
    caps?: Caps,
    extra?: Settings,
  ): Promise<Request> {
    await this.#start();
    const { text, params } = compile(statement);
    return {
      id: this.#next++,
      op,
      text,
      params,
      format,
      settings: { ...formatSettings, ...settingsOf(caps), ...extra },
    };
  }

  #send(request: Request): void {
    if (this.#child?.connected) this.#child.send(request);
    else this.#waiting.get(request.id)?.({ id: request.id, error: { message: PARENT_ENDED } });
  }

  #start(): Promise<void> {
    if (this.#closed) throw new UnavailableError('warehouse_closed', 'The warehouse is closed.');
    this.#ready ??= this.#fork();
    return this.#ready;
  }

  async #fork(): Promise<void> {
    const source = import.meta.url.endsWith('.ts');
    const child = fork(new URL(source ? './engine.ts' : './engine.js', import.meta.url), [this.#folder], {
      serialization: 'advanced',
      execArgv: source ? ['--import', 'tsx'] : [],
      env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    const opened = new Promise<Reply>((resolve) => this.#waiting.set(0, resolve));
    child.on('message', (reply: Reply) => this.#waiting.get(reply.id)?.(reply));
    child.once('exit', (code, signal) => this.#ended(child, `${PARENT_ENDED} (${signal ?? code}).`));
    const first = await opened;
    this.#waiting.delete(0);
    if (first.error) throw lockFault(first.error.message, this.#folder);
  }

  /** Every statement under way fails with a reason; the next one starts the engine anew. */
  #ended(child: ChildProcess, message: string): void {
    if (this.#child !== child) return;
    this.#ready = undefined;
    for (const [number, settle] of this.#waiting) settle({ id: number, error: { message } });
  }
}

/** Note: the path is ours, made of numbers or of a fresh temporary folder, and the engine takes it as a literal only. */
function insertFrom(payload: Payload, path: string): Fragment {
  const into = sql`INSERT INTO ${id(payload.table)} (${join(payload.columns.map(id), ', ')})`;
  if (!payload.through) return sql`${into} ${new Fragment([` FROM INFILE '${path}' FORMAT ${payload.format}`])}`;
  const { structure, select } = payload.through;
  return sql`${into} ${select(new Fragment([`file('${path}', '${payload.format}', '${structure}')`]))}`;
}

function parseRows<R extends Row>(bytes: Uint8Array | undefined): R[] {
  if (!bytes || bytes.length === 0) return [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as R[];
}

function lockFault(message: string, folder: string): Error {
  if (/lock file|CANNOT_OPEN_FILE/i.test(message))
    return new UnavailableError(
      'home_locked',
      `Another process has the warehouse ${folder} open: let it end, or give another --home.`,
    );
  return new Error(`The embedded engine could not open ${folder}: ${message}`);
}
