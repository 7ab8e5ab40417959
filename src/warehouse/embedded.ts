import { type ChildProcess, fork } from 'node:child_process';
import { UnavailableError } from '../base/errors.ts';
import {
  csvSettings,
  formatSettings,
  killStatement,
  nothingUnderWay,
  type Settings,
  settingsOf,
  statementsUnder,
} from './caps.ts';
import type { Reply, Request } from './engine.ts';
import { engineProgram } from './engineProgram.ts';
import { createFactsTable } from './facts.ts';
import { faultOf } from './faults.ts';
import { dropHalfWritten } from './halfWritten.ts';
import { Labels } from './labels.ts';
import { parseRows } from './rows.ts';
import { spill } from './spill.ts';
import { compile, Fragment, id, join, sql } from './sql.ts';
import type { Caps, FactsTable, Holder, OnParts, Payload, Row, UnderWay, Warehouse } from './warehouse.ts';

/** Takes what the engine replied, or why it will not. */
type Settle = (reply: Reply | Error) => void;

const OPENED = 0;
const LAST_SAID = 1000;

/** Parts beyond which merges are not put off: the engine slows inserts down from a thousand in one partition. */
const MOST_PARTS = 400;

/** chDB in a child process of its own, restarted when it dies. One process owns `folder`. */
export class EmbeddedWarehouse implements Warehouse {
  readonly kind = 'embedded';
  readonly host = '';
  readonly #folder: string;
  readonly #waiting = new Map<number, Settle>();
  readonly #labels = new Labels();
  #child: ChildProcess | undefined;
  #ready: Promise<void> | undefined;
  #next = 1;
  #closed = false;
  #restarted = () => {};
  #isFirst = true;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get holders(): readonly Holder[] {
    return [this];
  }

  async rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]> {
    const reply = await this.#ask(question, 'JSONEachRow', caps);
    return parseRows<R>(reply.bytes);
  }

  async *stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R> {
    const request = await this.#request('stream', question, 'JSONEachRow', caps);
    const statement = this.#labels.begin(caps?.label);
    const child = this.#child;
    let finished = false;
    try {
      for (let op: Request['op'] = 'stream'; !finished; op = 'next') {
        statement.check();
        if (this.#child !== child) throw this.#stopped('while its answer was read');
        statement.active = true;
        const reply = await this.#reply({ ...request, op }).catch((error: unknown) => {
          finished = true;
          throw error;
        });
        statement.hold();
        finished = reply.more !== true;
        yield* parseRows<R>(reply.bytes);
      }
    } finally {
      statement.end();
      if (!finished) this.#send({ ...request, op: 'stop' });
    }
  }

  async bytes(question: Fragment, caps?: Caps): Promise<Uint8Array> {
    return (await this.#ask(question, 'RowBinary', caps)).bytes ?? new Uint8Array();
  }

  async run(statement: Fragment, caps?: Caps): Promise<void> {
    if (caps?.writers === undefined || (await this.#parts()) > MOST_PARTS) await this.#ask(statement, 'Null', caps);
    else await this.#undisturbed(() => this.#ask(statement, 'Null', caps));
  }

  async insert(payload: Payload, caps?: Caps): Promise<void> {
    const file = spill(payload.bytes);
    try {
      const statement = insertFrom(payload, file.path);
      await this.#ask(statement, 'Null', caps, csvSettings(payload));
    } finally {
      file.close();
    }
  }

  async createFacts(table: FactsTable): Promise<void> {
    await this.run(createFactsTable(table));
  }

  async everywhere(statement: Fragment, caps?: Caps): Promise<void> {
    await this.run(statement, caps);
  }

  async onParts(table: string, statement: (part: Fragment) => Fragment, { caps }: OnParts = {}): Promise<void> {
    await this.run(statement(id(table)), caps);
  }

  async underWay(label: string): Promise<UnderWay> {
    if (!this.#labels.has(label)) return nothingUnderWay;
    const reply = await this.#reply(await this.#request('look', statementsUnder(label), 'JSONEachRow'));
    return parseRows<UnderWay & Row>(reply.bytes)[0] ?? nothingUnderWay;
  }

  async cancel(label: string): Promise<void> {
    if (!this.#labels.has(label)) return;
    await this.#labels.cancel(label, async () => {
      await this.#reply({ ...(await this.#request('kill', killStatement(label), 'Null')), label });
    });
  }

  onRestart(listener: () => void): void {
    this.#restarted = listener;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#child) await end(this.#child);
  }

  /** Puts merges off while several writers work: on the same cores they make a large insert half as slow again. */
  async #undisturbed(work: () => Promise<Reply>): Promise<void> {
    await this.#ask(sql`SYSTEM STOP MERGES`, 'Null');
    try {
      await work();
    } finally {
      await this.#ask(sql`SYSTEM START MERGES`, 'Null');
    }
  }

  async #parts(): Promise<number> {
    const [row] = await this.rows<{ parts: number }>(
      sql`SELECT count() AS parts FROM system.parts WHERE active AND database = currentDatabase()`,
    );
    return row?.parts ?? 0;
  }

  async #ask(statement: Fragment, format: string, caps?: Caps, extra?: Settings): Promise<Reply> {
    const entry = this.#labels.begin(caps?.label);
    try {
      const request = await this.#request('query', statement, format, caps, extra);
      entry.check();
      return await this.#reply(request);
    } finally {
      entry.end();
    }
  }

  async #request(
    op: Request['op'],
    statement: Fragment,
    format: string,
    caps?: Caps,
    extra?: Settings,
  ): Promise<Request> {
    const { text, params } = compile(statement);
    await this.#start();
    const settings = { ...formatSettings, ...settingsOf(caps), ...extra };
    return { id: this.#next++, op, text, params, format, settings, label: caps?.label ?? '' };
  }

  async #reply(request: Request): Promise<Reply> {
    const reply = await new Promise<Reply | Error>((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#send(request);
    });
    this.#waiting.delete(request.id);
    if (reply instanceof Error) throw reply;
    if (reply.error) throw faultOf(reply.error.message, reply.error.code, request.text);
    return reply;
  }

  /** Note: what a dying engine no longer takes is settled when its exit is known. */
  #send(request: Request): void {
    if (!this.#child) this.#waiting.get(request.id)?.(this.#stopped('before it was asked'));
    else if (this.#child.connected) this.#child.send(request, () => {});
  }

  #start(): Promise<void> {
    if (this.#closed) throw closedFault();
    this.#ready ??= this.#fork();
    return this.#ready;
  }

  async #fork(): Promise<void> {
    if (!this.#isFirst) this.#restarted();
    this.#isFirst = false;
    await dropHalfWritten(this.#folder);
    const child = fork(engineProgram.file, [this.#folder], {
      serialization: 'advanced',
      execArgv: [...engineProgram.execArgv],
      env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    const said = listen(child);
    const opened = new Promise<Reply | Error>((resolve) => this.#waiting.set(OPENED, resolve));
    child.on('message', (reply: Reply) => this.#waiting.get(reply.id)?.(reply));
    child.once('error', (error) => this.#ended(child, error.message));
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    const first = await opened;
    this.#waiting.delete(OPENED);
    if (first instanceof Error) throw first;
    if (!first.error) return;
    await end(child);
    throw openFault(`${first.error.message}. ${said()}`, this.#folder);
  }

  /** Every statement under way fails with a reason; the next one starts the engine anew. */
  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#ready = undefined;
    for (const settle of this.#waiting.values()) settle(this.#stopped(how));
  }

  #stopped(how: string): UnavailableError {
    if (this.#closed) return closedFault();
    return new UnavailableError(
      'warehouse_stopped',
      `The embedded engine of ${this.#folder} stopped (${how}): ask again, it starts anew on the same data. If it stops again, see whether the machine is short of memory.`,
    );
  }
}

/** What the engine wrote last: it tells only there why a folder does not open. */
function listen(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-LAST_SAID);
  });
  return () => said.trim();
}

/** Ends the engine's process; what it acknowledged is stored. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Note: the path is ours, made of numbers or of a fresh temporary folder, and the engine takes it as a literal only. */
function insertFrom(payload: Payload, path: string): Fragment {
  const into = sql`INSERT INTO ${id(payload.table)} (${join(payload.columns.map(id), ', ')})`;
  if (!payload.through) return sql`${into} ${new Fragment([` FROM INFILE '${path}' FORMAT ${payload.format}`])}`;
  const { structure, select } = payload.through;
  return sql`${into} ${select(new Fragment([`file('${path}', '${payload.format}', '${structure}')`]))}`;
}

function closedFault(): UnavailableError {
  return new UnavailableError('warehouse_closed', 'The warehouse is closed: open it again.');
}

function openFault(message: string, folder: string): Error {
  if (/cannot lock file/i.test(message))
    return new UnavailableError(
      'home_locked',
      `Another process has the warehouse ${folder} open: let it end, or give another --home.`,
    );
  return new Error(`The embedded engine could not open ${folder}: ${message}`);
}
