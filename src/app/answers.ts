import type { Context } from '../intake/context.ts';
import { sql } from '../warehouse/sql.ts';
import { type Asker, Desk, ownAsker, type Put, type Question } from './answers/desk.ts';
import { type Hear, hearing } from './answers/heard.ts';
import { rulesMeant, type State } from './answers/state.ts';
import { analysisOf, answerTo, ask, CAPS, peopleOf, readable, readParams, readRow, toAsk } from './asking.ts';
import type { Capacity, Told as Standing } from './capacity/capacity.ts';
import { after, type Cost } from './capacity/cost.ts';
import { secondsFirst } from './capacity/first.ts';
import { type DataState, dataState } from './dataState.ts';
import type { Answer } from './reports.ts';
import { previewRules, type RulesPreview, type RulesProposal } from './rulePreview.ts';

export type { Asker, Question, Told } from './answers/desk.ts';

type Params = Readonly<Record<string, unknown>>;

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

/**
 * Answers to questions, each asked of the engine once a version of the data; equal questions share one run, which is
 * stopped when nobody waits for it any more.
 */
export interface Answers {
  /** Changes with every change of facts, of the adopted rules, of the workspace's brands, and of the product. */
  version(): Promise<string>;
  /** For surfaces that pass answers on as text; a tag alone costs no run. */
  question(id: string, params: Params, asker?: Asker): Promise<Question>;
  answer(id: string, params: Params, asker?: Asker): Promise<Answer>;
  people(id: string, params: Params, row: Params, page: Page, asker?: Asker): Promise<PeopleBehind>;
  everybody(id: string, params: Params, row: Params, asker?: Asker): Promise<Everybody>;
  dataState(): Promise<DataState>;
  preview(proposal: RulesProposal, asker?: Asker): Promise<RulesPreview>;
  /** What is asked of audiences, in turn with the rest; `what` and `asked` are what the same question is known by. */
  audiences<T>(what: string, asked: unknown, work: (context: Context) => Promise<T>, asker?: Asker): Promise<T>;
  /** What a question is thought to cost; nothing where it is answered already. */
  cost(id: string, params: Params): Promise<Cost>;
  /** Whether a question is likely to take longer than a reader waits; the engine is asked only where it may. */
  isHeavy(id: string, params: Params): Promise<boolean>;
  /** How a question stands that an asker calls by a ticket; undefined where it neither waits nor goes on. */
  standing(asker: string, ticket: string): Standing | undefined;
  /** Ends an asker's waiting for it; false where there is none. */
  leave(asker: string, ticket: string): boolean;
  /** Questions the engine works on, and questions that wait for it. */
  load(): { readonly running: number; readonly waiting: number };
}

/** What answers are opened over. */
export interface Home {
  readonly installation: { readonly context: Context };
  readonly capacity: Capacity;
}

/** Questions over one opened home; made once a process. `hear` is told of each as it ends. */
export function openAnswers({ installation: { context }, capacity }: Home, hear: Hear = () => {}): Answers {
  const desk = new Desk(context, capacity, hear);
  const question = async (id: string, given: Params, asker: Asker = ownAsker) =>
    desk.question(answerPut(id, given), asker);
  const cost = async (id: string, params: Params): Promise<Cost> => {
    if ((await question(id, params)).isKnown) return KEPT;
    return costOf(context, capacity, await desk.state(), id, params);
  };
  return {
    version: async () => (await desk.state()).version,
    question,
    answer: async (id, params, asker) => parsed(await question(id, params, asker)),
    people: async (id, params, row, page, asker = ownAsker) =>
      parsed(await desk.question(peoplePut({ id, params, row }, page), asker)),
    everybody: (id, params, row, asker = ownAsker) =>
      hearing(hear, { analysis: analysisOf(id).id, cached: 'no' }, () =>
        desk.asked(id, (state, inside) => everybody(inside, state, { id, params, row }), asker),
      ),
    dataState: async () => parsed(await desk.question(dataPut, ownAsker)),
    preview: async (proposal, asker = ownAsker) => parsed(await desk.question(previewPut(proposal), asker)),
    audiences: async (what, asked, work, asker = ownAsker) =>
      parsed(await desk.question(audiencesPut(what, asked, work), asker)),
    cost,
    isHeavy: async (id, params) => {
      const { version } = await desk.state();
      const may = analysisOf(id).reads === 'tags' || (await capacity.mayBeHeavy(id, version));
      return may && (await cost(id, params)).heavy;
    },
    standing: (asker, ticket) => desk.standing(asker, ticket),
    leave: (asker, ticket) => desk.leave(asker, ticket),
    load: () => capacity.load,
  };
}

const KEPT: Cost = {
  rows: 0,
  bytes: 0,
  memory: 0,
  seconds: { from: 0, to: 0 },
  first: 0,
  origin: 'kept',
  runs: 0,
  heavy: false,
};

async function costOf(context: Context, capacity: Capacity, state: State, id: string, params: Params): Promise<Cost> {
  const asked = await toAsk(context, id, { ...params });
  const question = asked.analysis.query(asked.params, asked.lens);
  return after(await secondsFirst(context, asked), await capacity.cost(id, state.version, question));
}

/** What a question's answer changes with. */
function standsOn(id: string, params: Params, state: State): string {
  const { audiences, reads } = analysisOf(id);
  return audiences || reads || params.audience !== undefined ? state.version : state.facts;
}

function answerPut(id: string, given: Params): Put {
  const params = readParams(analysisOf(id), { ...given });
  return {
    analysis: id,
    words: (state) => [
      standsOn(id, params, state),
      'answer',
      id,
      params,
      rulesMeant(state, params.rules as string | undefined),
    ],
    work: async (_, context) => answerTo(context, await ask(context, id, { ...given })),
  };
}

function peoplePut({ id, params: given, row }: PeopleAsked, page: Page): Put {
  const analysis = analysisOf(id);
  const params = readParams(analysis, { ...given });
  const asked = [id, params, readRow(analysis, row), page];
  return {
    analysis: id,
    words: (state) => [
      standsOn(id, params, state),
      'people',
      asked,
      rulesMeant(state, params.rules as string | undefined),
    ],
    work: (state, context) => peoplePage(context, state, { id, params: given, row, page }),
  };
}

const dataPut: Put = {
  analysis: 'data',
  words: ({ version }) => [version, 'data'],
  work: (state, context) => dataState(context, state),
};

function previewPut(proposal: RulesProposal): Put {
  return {
    analysis: 'preview',
    words: (state) => [state.version, state.sets, 'preview', proposal],
    work: (_, context) => previewRules(context, proposal),
  };
}

function audiencesPut(what: string, asked: unknown, work: (context: Context) => Promise<unknown>): Put {
  return {
    analysis: 'audience',
    words: (state) => [state.version, 'audience', what, asked],
    work: (_, context) => work(context),
  };
}

async function parsed<T>(question: Question): Promise<T> {
  return JSON.parse((await question.told()).text) as T;
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
    sql`SELECT groupBitmap(toUInt32(consumer)) AS count FROM (${people})`,
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
