/**
 * The embedded engine's own process: owns the data folder, runs statements on a pool of sessions, dies with its parent.
 * A crash or a stuck query here takes nothing else down; `embedded.ts` starts it anew.
 */
import { fileURLToPath } from 'node:url';
import { Session } from 'chdb';
import { boundText, literal } from './bound.ts';
import { OnDisk } from './onDisk.ts';

export interface Request {
  readonly id: number;
  readonly op: 'query' | 'stream' | 'next' | 'stop' | 'kill' | 'look';
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly format: string;
  readonly settings: Readonly<Record<string, string | number>>;
  /** Name by which `kill` finds the statement; empty for none. */
  readonly label: string;
}

export interface Reply {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly more?: boolean;
  readonly error?: { readonly message: string; readonly code?: number };
}

/** One session is one queue of statements; `settings` are those that stand on it, as SQL. */
interface Slot {
  readonly session: Session;
  busy: boolean;
  settings: ReadonlyMap<string, string>;
}

interface Waiting {
  readonly label: string;
  go(slot: Slot): void;
  fail(error: Error): void;
}

const SESSIONS = 4;
/** A table that found no merge or DELETE to begin looks again in hundredths of a second, not in up to 1.1: DELETE waits for it. */
const connectionArgs = [
  `--config-file=${fileURLToPath(new URL('./durable.xml', import.meta.url))}`,
  '--background_processing_pool_thread_sleep_seconds_if_nothing_to_do=0.02',
  '--background_processing_pool_task_sleep_seconds_when_no_work_random_part=0',
];
const LONGEST_STATEMENT = 1 << 30;
const [folder = ''] = process.argv.slice(2);
const disk = new OnDisk(folder);
const slots: Slot[] = [];
let waiting: Waiting[] = [];
/** Streams that wait for their reader: called with false when it wants no more. */
const resume = new Map<number, (wanted: boolean) => void>();
/** Never waits for a question: it stops the others, and tells how far they are. */
let spare: Slot | undefined;
let aside: Promise<void> = Promise.resolve();

/** A database of our own: the engine's `default` is an overlay that refuses some statements. */
async function open(): Promise<void> {
  spare = await openSlot();
  await spare.session.queryAsync('CREATE DATABASE IF NOT EXISTS qiancheng ENGINE = Atomic');
  for (let i = 0; i < SESSIONS; i += 1) {
    const slot = await openSlot();
    await slot.session.queryAsync('USE qiancheng');
    slots.push(slot);
  }
}

async function openSlot(): Promise<Slot> {
  const session = new Session(folder, { connectionArgs });
  await session.queryAsync(`SET max_query_size = ${LONGEST_STATEMENT}, implicit_select = 0`);
  return { session, busy: false, settings: new Map() };
}

function take(label: string): Promise<Slot> {
  const slot = slots.find((each) => !each.busy);
  if (!slot) return new Promise((go, fail) => waiting.push({ label, go, fail }));
  slot.busy = true;
  return Promise.resolve(slot);
}

function give(slot: Slot): void {
  const next = waiting.shift();
  if (next) next.go(slot);
  else slot.busy = false;
}

/** Statements of a label that have not begun yet never do. */
function dismiss(label: string): void {
  const dismissed = waiting.filter((each) => each.label === label);
  waiting = waiting.filter((each) => each.label !== label);
  for (const { fail } of dismissed)
    fail(Object.assign(new Error('cancelled before it began'), { clickhouseCode: 394 }));
}

/**
 * Brings a session to the settings and bound values of one statement; what stood before it goes back to its default.
 * Note: the addon's own calls with bound values run one at a time in the whole process, so values are set on the session.
 */
async function apply(slot: Slot, { settings, params }: Request): Promise<void> {
  const wanted = new Map(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'number' ? `${value}` : literal(value)]),
  );
  const changed = [...wanted].filter(([name, value]) => slot.settings.get(name) !== value);
  const gone = [...slot.settings.keys()].filter((name) => !wanted.has(name));
  const changes = [
    ...changed.map(([name, value]) => `${name} = ${value}`),
    ...gone.map((name) => `${name} = DEFAULT`),
    ...Object.entries(params).map(([name, value]) => `param_${name} = ${literal(boundText(value))}`),
  ];
  if (changes.length > 0) await slot.session.queryAsync(`SET ${changes.join(', ')}`);
  slot.settings = wanted;
}

/** Note: a session keeps what a failed statement held, all its memory and its place among the processes, until its next one. */
async function letGo({ session }: Slot): Promise<void> {
  await session.queryAsync('SET implicit_select = 0').catch(() => {});
}

/** Note: a statement without an answer is one that changes something. */
async function query({ session }: Slot, { id, text, format }: Request): Promise<void> {
  const result = await session.queryAsync(text, { format });
  if (format === 'Null') await disk.bring();
  reply({ id, bytes: result.bytes() });
}

async function stream(slot: Slot, request: Request): Promise<void> {
  const result = slot.session.queryStream(request.text, { format: request.format });
  for await (const chunk of result) {
    const wanted = new Promise<boolean>((resolve) => resume.set(request.id, resolve));
    reply({ id: request.id, bytes: chunk.raw(), more: true });
    if (!(await wanted)) break;
  }
  resume.delete(request.id);
  reply({ id: request.id });
}

async function serve(request: Request): Promise<void> {
  if (request.op === 'next' || request.op === 'stop') return resume.get(request.id)?.(request.op === 'next');
  try {
    if (request.op === 'kill') dismiss(request.label);
    if (request.op === 'kill' || request.op === 'look') return await besides(request);
    const slot = await take(request.label);
    try {
      await apply(slot, request);
      await (request.op === 'stream' ? stream(slot, request) : query(slot, request));
    } catch (error) {
      await letGo(slot);
      throw error;
    } finally {
      give(slot);
    }
  } catch (error) {
    reply({ id: request.id, error: describe(error) });
  }
}

/** One after another, for their values stand on one session. */
function besides(request: Request): Promise<void> {
  const done = aside.then(async () => {
    if (!spare) return;
    await apply(spare, request);
    await query(spare, request);
  });
  aside = done.catch(() => {});
  return done;
}

function describe(error: unknown): { message: string; code?: number } {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { clickhouseCode?: number }).clickhouseCode;
  return code === undefined ? { message } : { message, code };
}

function reply(message: Reply): void {
  if (process.connected) process.send?.(message);
}

process.on('message', (request: Request) => void serve(request));
const end = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', end);
if (!process.connected) end();
process.on('SIGINT', () => {});
open().then(
  () => reply({ id: 0 }),
  (error: unknown) => reply({ id: 0, error: describe(error) }),
);
