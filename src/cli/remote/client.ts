import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type Standing, standing } from '../../api/analyses.ts';
import { problem } from '../../api/common.ts';
import { type Job, job } from '../../api/jobs.ts';
import type { Door } from '../../app/door.ts';
import {
  ConflictError,
  InputError,
  NotFoundError,
  type QianchengError,
  RefusedError,
  UnavailableError,
} from '../../base/errors.ts';
import type { Progress, Watch } from '../../base/progress.ts';

const pollMs = 200;
const queueMs = 500;

/** Speaks to the server that holds a home. */
export interface Client {
  get<T extends z.ZodType>(path: string, answer: T): Promise<z.output<T>>;
  send<T extends z.ZodType>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    answer: T,
  ): Promise<z.output<T>>;
  /** An answer that is a text. */
  text(path: string): Promise<string>;
  /** Asks a question, and watches its place in the queue meanwhile. */
  ask<T extends z.ZodType>(path: string, body: unknown, answer: T, watch: Watch): Promise<z.output<T>>;
  /** Starts long work, watches it, and gives what it came to. */
  work(method: 'POST' | 'DELETE', path: string, body: unknown, watch: Watch): Promise<unknown>;
}

function faultOf(status: number, code: string, detail: string): QianchengError {
  if (status === 404) return new NotFoundError(code, detail);
  if (status === 409) return new ConflictError(code, detail);
  if (status === 422) return new RefusedError(code, detail);
  if (status === 429 || status >= 503) return new UnavailableError(code, detail);
  return new InputError(code, detail);
}

async function asked(
  door: Door,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await answered(door, method, path, body, headers);
  return response.json();
}

/** The answer of the server, if it is not a fault. */
async function answered(
  door: Door,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const response = await fetch(`${door.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new UnavailableError('server_gone', `The server at ${door.url} does not answer. Is it still running?`, {
      cause,
    });
  });
  if (response.ok) return response;
  const { status, code, detail } = problem.parse(await response.json());
  throw faultOf(status, code, detail);
}

/** A client of the server behind a door. */
export function clientOf(door: Door): Client {
  const send: Client['send'] = async (method, path, body, answer) =>
    answer.parse(await asked(door, method, path, body));
  const get: Client['get'] = async (path, answer) => answer.parse(await asked(door, 'GET', path, undefined));
  return {
    get,
    send,
    text: async (path) => (await answered(door, 'GET', path, undefined)).text(),
    ask: async (path, body, answer, watch) => {
      const ticket = randomUUID();
      const watching = new AbortController();
      const watched = watchQueue(watching.signal, () => get(`/api/questions/${ticket}`, standing), watch);
      try {
        return answer.parse(await asked(door, 'POST', path, body, { 'x-question': ticket }));
      } finally {
        watching.abort();
        await watched;
      }
    },
    work: async (method, path, body, watch) => {
      let now = await send(method, path, body, job);
      while (now.status === 'queued' || now.status === 'running') {
        if (now.progress) watch(now.progress as Progress);
        await pause(pollMs);
        now = await get(`/api/jobs/${now.id}`, job);
      }
      return resultOf(now);
    },
  };
}

/** Tells how a question stands until it is answered. */
async function watchQueue(over: AbortSignal, look: () => Promise<Standing>, watch: Watch): Promise<void> {
  while (!over.aborted) {
    await pause(queueMs, undefined, { signal: over }).catch(() => {});
    if (over.aborted) return;
    const now = await look().catch(() => undefined);
    const progress = now && progressOf(now);
    if (progress && !over.aborted) watch(progress);
  }
}

function progressOf({ state, place = 1, seconds = 0, rows = 0, total = 0 }: Standing): Progress | undefined {
  if (state === 'waiting') return { step: 'queue', done: 0, unit: 'rows', waits: { place, seconds } };
  return state === 'running' && total > 0 ? { step: 'question', done: rows, total, unit: 'rows' } : undefined;
}

function resultOf({ status, error, result, title }: Job): unknown {
  if (status === 'done') return result;
  if (status === 'cancelled') throw new UnavailableError('cancelled', `${title} was cancelled by someone else.`);
  throw new InputError(error?.code ?? 'job_failed', error?.detail ?? `${title} failed.`);
}
