import type { Context } from '../../intake/context.ts';
import { cancelledFault } from '../../warehouse/labels.ts';
import { Ask, type Capacity, type Told as Standing } from '../capacity/capacity.ts';
import { type Hear, hearing } from './heard.ts';
import { Memo } from './memo.ts';
import { digest, type State, stateReader } from './state.ts';

/** Bytes of answers kept. */
const ROOM = 64 * 1024 * 1024;

/** An answer as JSON text, and its tag: the same question has the same tag as long as nothing it stands on changes. */
export interface Told {
  readonly tag: string;
  readonly text: string;
}

/** Who asks. */
export interface Asker {
  /** Those who ask take turns, each by its name. */
  readonly name: string;
  /** Aborted when the answer is not wanted any more. */
  readonly signal?: AbortSignal;
  /** What the asker calls this question, to be told meanwhile how it stands. */
  readonly ticket?: string;
}

/** A question as it stands now: the tag its answer has, and the answer for who does not have it yet. */
export interface Question {
  readonly tag: string;
  /** Whether the engine need not be asked any more. */
  readonly isKnown: boolean;
  told(): Promise<Told>;
}

/** What a question is made of: words by which it is known, and the work that answers it. */
export interface Put {
  /** Id of the analysis; `data`, `preview` and `audience` stand beside the shelf. */
  readonly analysis: string;
  words(state: State): readonly unknown[];
  work(state: State, context: Context): Promise<unknown>;
}

/** Asks on behalf of the product itself. */
export const ownAsker: Asker = { name: '' };

/** A run of a question, and how many wait for it who could leave. */
interface Run {
  readonly ask: Ask;
  readonly answer: Promise<Told>;
  waiting: number;
}

/** Where questions wait, and what has been answered. Equal questions share a run, which ends when the last asker leaves. */
export class Desk {
  readonly state: () => Promise<State>;
  readonly #capacity: Capacity;
  readonly #hear: Hear;
  readonly #memo = new Memo(ROOM);
  readonly #running = new Map<string, Run>();
  readonly #tickets = new Map<string, { readonly ask: Ask; readonly leaving: AbortController }>();

  constructor(context: Context, capacity: Capacity, hear: Hear) {
    this.#capacity = capacity;
    this.#hear = hear;
    this.state = stateReader(context);
  }

  /** The question; its answer comes from memory, from a run under way, or from the engine. */
  async question(put: Put, asker: Asker): Promise<Question> {
    const { version, tag } = await this.#tagOf(put);
    const { analysis } = put;
    return {
      tag,
      isKnown: this.#memo.get(tag) !== undefined,
      told: () =>
        hearing(this.#hear, { analysis, cached: this.#cached(tag) }, () => this.#told(put, { version, tag }, asker)),
    };
  }

  /** Work on facts that stand still, when its turn has come; its result is not kept. */
  async asked<T>(analysis: string, work: (state: State, context: Context) => Promise<T>, asker: Asker): Promise<T> {
    const { version } = await this.state();
    const ask = new Ask({ analysis, version, asker: asker.name });
    const run = this.#capacity.ask(ask, async (context) => work(await this.state(), context));
    return this.#awaited(ask, run, asker, () => void this.#capacity.cancel(ask).catch(() => {}));
  }

  /** How a question stands that its asker calls so; undefined once it has ended. */
  standing(name: string, ticket: string): Standing | undefined {
    const known = this.#tickets.get(ticketOf(name, ticket));
    return known && this.#capacity.standing(known.ask);
  }

  /** Ends the waiting of who calls its question so; false where there is none. */
  leave(name: string, ticket: string): boolean {
    const known = this.#tickets.get(ticketOf(name, ticket));
    known?.leaving.abort();
    return known !== undefined;
  }

  #cached(tag: string): 'yes' | 'shared' | 'no' {
    if (this.#memo.get(tag) !== undefined) return 'yes';
    return this.#running.has(tag) ? 'shared' : 'no';
  }

  async #tagOf(put: Put): Promise<{ version: string; tag: string }> {
    const state = await this.state();
    return { version: state.version, tag: digest(...put.words(state)) };
  }

  async #told(put: Put, { version, tag }: { version: string; tag: string }, asker: Asker): Promise<Told> {
    const known = this.#memo.get(tag);
    if (known !== undefined) return { tag, text: known };
    const run = this.#running.get(tag) ?? this.#start(put, version, tag, asker);
    run.waiting += 1;
    return this.#awaited(run.ask, run.answer, asker, () => {
      run.waiting -= 1;
      if (run.waiting > 0) return;
      // Note: who asks the same again must not share what is about to end.
      if (this.#running.get(tag) === run) this.#running.delete(tag);
      void this.#capacity.cancel(run.ask).catch(() => {});
    });
  }

  #start(put: Put, version: string, tag: string, asker: Asker): Run {
    const ask = new Ask({ analysis: put.analysis, version, asker: asker.name, tag });
    const answer = this.#capacity
      .ask(ask, async (context) => this.#fresh(put, await this.state(), context))
      .finally(() => {
        if (this.#running.get(tag) === run) this.#running.delete(tag);
      });
    const run: Run = { ask, answer, waiting: 0 };
    this.#running.set(tag, run);
    return run;
  }

  /** A run's end, or its asker's leaving, whichever is first. */
  async #awaited<T>(ask: Ask, run: Promise<T>, { name, signal, ticket }: Asker, leave: () => void): Promise<T> {
    const leaving = new AbortController();
    const key = ticket === undefined ? undefined : ticketOf(name, ticket);
    if (key !== undefined) this.#tickets.set(key, { ask, leaving });
    const signals = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
    let left: (() => void) | undefined;
    try {
      return await Promise.race([
        run,
        new Promise<never>((_, reject) => {
          left = () => {
            leave();
            reject(cancelledFault());
          };
          if (signals.aborted) left();
          else signals.addEventListener('abort', left, { once: true });
        }),
      ]);
    } finally {
      if (left) signals.removeEventListener('abort', left);
      if (key !== undefined) this.#tickets.delete(key);
    }
  }

  /** Note: rules and books may change while the engine works; what was asked before and answered after is not kept. */
  async #fresh(put: Put, state: State, context: Context): Promise<Told> {
    const tag = digest(...put.words(state));
    const known = this.#memo.get(tag);
    if (known !== undefined) return { tag, text: known };
    const text = JSON.stringify(await put.work(state, context));
    const { tag: after } = await this.#tagOf(put);
    if (after === tag) this.#memo.set(tag, text);
    return { tag: after === tag ? tag : digest(tag, after), text };
  }
}

const ticketOf = (name: string, ticket: string): string => JSON.stringify([name, ticket]);
