import type { Context } from '../intake/context.ts';
import { sql } from '../warehouse/sql.ts';
import { type Hear, hearing } from './answers/heard.ts';
import { Memo } from './answers/memo.ts';
import { digest, rulesMeant, type State, stateReader } from './answers/state.ts';
import { Turns } from './answers/turns.ts';
import { analysisOf, answerTo, ask, CAPS, peopleOf, readable, readParams, readRow } from './asking.ts';
import { type DataState, dataState } from './dataState.ts';
import type { Answer } from './reports.ts';
import { previewRules, type RulesPreview, type RulesProposal } from './rulePreview.ts';

/** Questions the engine works on at once, and questions that may wait for it. */
const AT_ONCE = 4;
const MOST_WAITING = 4000;
/** Bytes of answers kept. */
const ROOM = 64 * 1024 * 1024;

type Params = Readonly<Record<string, unknown>>;

/** An answer as JSON text, and its tag: the same question has the same tag as long as nothing it stands on changes. */
export interface Told {
  readonly tag: string;
  readonly text: string;
}

/** A part of the people behind a number: at most `limit`, those after `after`. */
export interface Page {
  readonly limit: number;
  readonly after: number;
}

/** Whom a number counts; `consumers` is the page asked for, in order, and `next` the last of it where more follow. */
export interface PeopleBehind {
  readonly count: number;
  readonly consumers: readonly number[];
  readonly next?: number;
  readonly as_of: string;
  readonly rules: string;
  readonly sql: string;
}

/** Everybody behind a number at a moment, and what was asked. */
export interface Everybody {
  readonly params: Params;
  readonly row: Params;
  readonly consumers: Uint32Array;
  readonly as_of: string;
  readonly rules: string;
}

/** A question as it stands now: the tag its answer has, and the answer for who does not have it yet. */
export interface Question {
  readonly tag: string;
  told(): Promise<Told>;
}

/** Answers to questions, each asked of the engine once a version of the data; equal questions share one run. */
export interface Answers {
  /** Changes with every change of facts, of the adopted rules, of the workspace's brands, and of the product. */
  version(): Promise<string>;
  /** For surfaces that pass answers on as text; a tag alone costs no run. */
  question(id: string, params: Params): Promise<Question>;
  answer(id: string, params: Params): Promise<Answer>;
  people(id: string, params: Params, row: Params, page: Page): Promise<PeopleBehind>;
  everybody(id: string, params: Params, row: Params): Promise<Everybody>;
  dataState(): Promise<DataState>;
  preview(proposal: RulesProposal): Promise<RulesPreview>;
  /** Questions the engine works on, and questions that wait for it. */
  load(): { readonly running: number; readonly waiting: number };
}

/** What answers are opened over. */
export interface Home {
  readonly installation: { readonly context: Context };
}

/** Questions over one opened home; made once a process. `hear` is told of each as it ends. */
export function openAnswers({ installation: { context } }: Home, hear: Hear = () => {}): Answers {
  const desk = new Desk(context, hear);
  const question = async (id: string, given: Params) => {
    const params = readParams(analysisOf(id), { ...given });
    return desk.question(
      id,
      (state) => [state.version, 'answer', id, params, rulesMeant(state, params.rules as string | undefined)],
      async () => answerTo(context, await ask(context, id, { ...given })),
    );
  };
  return {
    version: async () => (await desk.state()).version,
    question,
    answer: async (id, params) => parsed(await question(id, params)),
    people: async (id, given, row, page) => {
      const analysis = analysisOf(id);
      const params = readParams(analysis, { ...given });
      const asked = [id, params, readRow(analysis, row), page];
      return parsed(
        await desk.question(
          id,
          (state) => [state.version, 'people', asked, rulesMeant(state, params.rules as string | undefined)],
          (state) => peoplePage(context, state, { id, params: given, row, page }),
        ),
      );
    },
    everybody: (id, params, row) =>
      hearing(hear, { analysis: analysisOf(id).id, cached: 'no' }, () =>
        desk.asked((state) => everybody(context, state, { id, params, row })),
      ),
    dataState: async () =>
      parsed(
        await desk.question(
          'data',
          ({ version }) => [version, 'data'],
          (state) => dataState(context, state),
        ),
      ),
    preview: async (proposal) =>
      parsed(
        await desk.question(
          'preview',
          (state) => [state.version, state.sets, 'preview', proposal],
          () => previewRules(context, proposal),
        ),
      ),
    load: () => desk.load,
  };
}

async function parsed<T>(question: Question): Promise<T> {
  return JSON.parse((await question.told()).text) as T;
}

type Words = (state: State) => readonly unknown[];
type Work = (state: State) => Promise<unknown>;

/** Where questions wait, and what has been answered. */
class Desk {
  readonly state: () => Promise<State>;
  readonly #context: Context;
  readonly #hear: Hear;
  readonly #memo = new Memo(ROOM);
  readonly #turns = new Turns(AT_ONCE, MOST_WAITING);
  readonly #running = new Map<string, Promise<Told>>();

  constructor(context: Context, hear: Hear) {
    this.#context = context;
    this.#hear = hear;
    this.state = stateReader(context);
  }

  get load() {
    return this.#turns.load;
  }

  /** The question that these words say; its answer comes from memory, from a run under way, or from the engine. */
  async question(analysis: string, words: Words, work: Work): Promise<Question> {
    const tag = digest(...words(await this.state()));
    return {
      tag,
      told: () => hearing(this.#hear, { analysis, cached: this.#cached(tag) }, () => this.#told(tag, words, work)),
    };
  }

  #cached(tag: string): 'yes' | 'shared' | 'no' {
    if (this.#memo.get(tag) !== undefined) return 'yes';
    return this.#running.has(tag) ? 'shared' : 'no';
  }

  /** Work on facts that stand still, when its turn has come. */
  asked<T>(work: (state: State) => Promise<T>): Promise<T> {
    const { gate } = this.#context;
    return this.#turns.take(() => gate.shared(async () => work(await this.state())));
  }

  async #told(tag: string, words: Words, work: Work): Promise<Told> {
    const known = this.#memo.get(tag);
    if (known !== undefined) return { tag, text: known };
    const running = this.#running.get(tag);
    if (running) return running;
    const run = this.asked((state) => this.#fresh(state, words, work)).finally(() => this.#running.delete(tag));
    this.#running.set(tag, run);
    return run;
  }

  /** Note: rules and books may change while the engine works; what was asked before and answered after is not kept. */
  async #fresh(state: State, words: Words, work: Work): Promise<Told> {
    const tag = digest(...words(state));
    const known = this.#memo.get(tag);
    if (known !== undefined) return { tag, text: known };
    const text = JSON.stringify(await work(state));
    const after = digest(...words(await this.state()));
    if (after === tag) this.#memo.set(tag, text);
    return { tag: after === tag ? tag : digest(tag, after), text };
  }
}

interface PeopleAsked {
  readonly id: string;
  readonly params: Params;
  readonly row: Params;
}

async function peoplePage(
  context: Context,
  { as_of }: State,
  { page: { limit, after }, ...asked }: PeopleAsked & { readonly page: Page },
): Promise<PeopleBehind> {
  const { rules, people } = await behind(context, asked);
  const [counted] = await context.warehouse.rows<{ count: number }>(
    sql`SELECT uniqExact(consumer) AS count FROM (${people})`,
    CAPS,
  );
  const found =
    limit === 0
      ? []
      : await context.warehouse.rows<{ consumer: number }>(
          sql`SELECT DISTINCT consumer FROM (${people}) WHERE consumer > ${after} ORDER BY consumer LIMIT ${limit + 1}`,
          CAPS,
        );
  const consumers = found.slice(0, limit).map((each) => each.consumer);
  const last = consumers.at(-1);
  return {
    count: counted?.count ?? 0,
    consumers,
    ...(found.length > limit && last !== undefined ? { next: last } : {}),
    as_of,
    rules,
    sql: readable(people),
  };
}

async function everybody(context: Context, { as_of }: State, asked: PeopleAsked): Promise<Everybody> {
  const { params, rules, people } = await behind(context, asked);
  const bytes = await context.warehouse.bytes(
    sql`SELECT DISTINCT toUInt32(consumer) FROM (${people}) ORDER BY 1`,
    CAPS,
  );
  const consumers = new Uint32Array(new Uint8Array(bytes).buffer);
  return { params, row: asked.row, consumers, as_of, rules };
}

async function behind(context: Context, { id, params, row }: PeopleAsked) {
  const asked = await ask(context, id, { ...params });
  return {
    params: asked.params,
    rules: `${asked.lens.rules.name}@${asked.lens.rules.version}`,
    people: peopleOf(asked, row),
  };
}
