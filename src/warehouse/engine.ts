/**
 * The embedded engine's own process: owns the data folder, runs statements on a pool of sessions, dies with its parent.
 * A crash or a stuck query here takes nothing else down; `embedded.ts` starts it anew.
 */
import { Session } from 'chdb';

export interface Request {
  readonly id: number;
  readonly op: 'query' | 'stream' | 'next' | 'stop' | 'kill';
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly format: string;
  readonly settings: Readonly<Record<string, string | number>>;
}

export interface Reply {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly more?: boolean;
  readonly error?: { readonly message: string; readonly code?: number };
}

/** One session is one queue of statements; `settings` are those last set on it. */
interface Slot {
  readonly session: Session;
  busy: boolean;
  settings: string;
}

const SESSIONS = 4;
const [folder = ''] = process.argv.slice(2);
const slots: Slot[] = [];
const waiting: Array<(slot: Slot) => void> = [];
/** Streams that wait for their reader: called with false when it wants no more. */
const resume = new Map<number, (wanted: boolean) => void>();
let spare: Session | undefined;

/** A database of our own: the engine's `default` is an overlay that refuses some statements. */
async function open(): Promise<void> {
  spare = new Session(folder);
  await spare.queryAsync('CREATE DATABASE IF NOT EXISTS qiancheng ENGINE = Atomic');
  for (let i = 0; i < SESSIONS; i += 1) {
    const session = new Session(folder);
    await session.queryAsync('USE qiancheng');
    slots.push({ session, busy: false, settings: '' });
  }
}

function take(): Promise<Slot> {
  const slot = slots.find((each) => !each.busy);
  if (!slot) return new Promise((resolve) => waiting.push(resolve));
  slot.busy = true;
  return Promise.resolve(slot);
}

function give(slot: Slot): void {
  const next = waiting.shift();
  if (next) next(slot);
  else slot.busy = false;
}

async function apply(slot: Slot, settings: Request['settings']): Promise<void> {
  const wanted = Object.entries(settings)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? value : `'${value.replace(/['\\]/g, '')}'`}`)
    .join(', ');
  if (wanted === slot.settings) return;
  await slot.session.queryAsync(`SET ${wanted}`);
  slot.settings = wanted;
}

async function query(slot: Slot, request: Request): Promise<void> {
  const { text, params, format } = request;
  const bound = Object.keys(params).length > 0;
  const result = bound
    ? await slot.session.queryBindAsync(text, params as Record<string, unknown>, { format })
    : await slot.session.queryAsync(text, { format });
  reply({ id: request.id, bytes: result.bytes() });
}

async function stream(slot: Slot, request: Request): Promise<void> {
  const result = slot.session.queryStreamBind(request.text, { ...request.params }, { format: request.format });
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
    if (request.op === 'kill') {
      await spare?.queryBindAsync(request.text, { ...request.params });
      return reply({ id: request.id });
    }
    const slot = await take();
    try {
      await apply(slot, request.settings);
      await (request.op === 'stream' ? stream(slot, request) : query(slot, request));
    } finally {
      give(slot);
    }
  } catch (error) {
    reply({ id: request.id, error: describe(error) });
  }
}

function describe(error: unknown): { message: string; code?: number } {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { clickhouseCode?: number }).clickhouseCode;
  return code === undefined ? { message } : { message, code };
}

function reply(message: Reply): void {
  process.send?.(message);
}

process.on('message', (request: Request) => void serve(request));
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGINT', () => {});
open().then(
  () => reply({ id: 0 }),
  (error: unknown) => reply({ id: 0, error: describe(error) }),
);
