import { z } from 'zod';
import { dayText, moment, text } from './common.ts';

const columnKind = z.enum(['text', 'day', 'count', 'number', 'rate', 'money']);

/** One analysis of the shelf with all that a surface needs to ask it and to draw its answer. */
export const shelfEntry = z.object({
  id: z.string(),
  title: text,
  question: text,
  origin: z.enum(['published', 'tenant', 'proposed']),
  /** JSON Schema of the parameters; descriptions are `English | 中文`. */
  params: z.record(z.string(), z.unknown()),
  /** Columns in order, with titles. */
  columns: z.array(
    z.object({
      id: z.string(),
      title: text,
      kind: columnKind,
      /** Where rows differ in kind: the column whose value tells it, and the kind by that value. */
      kindBy: z.object({ column: z.string(), kinds: z.record(z.string(), columnKind) }).optional(),
      /** What the values of a column of words mean, in both languages. */
      words: z.record(z.string(), text).optional(),
    }),
  ),
  chart: z.record(z.string(), z.string()).and(z.object({ kind: z.string() })),
});
export type ShelfEntry = z.infer<typeof shelfEntry>;

export const shelfPage = shelfEntry.extend({ doc: z.string(), sql: z.string() });
export type ShelfPage = z.infer<typeof shelfPage>;

export const row = z.record(z.string(), z.unknown());
export const params = z.record(z.string(), z.unknown());

/** The answer to a question, contract §2. */
export const answer = z.object({
  analysis: z.string(),
  params,
  rows: z.array(row),
  as_of: z.string(),
  rules: z.string(),
  sql: z.string(),
  ms: z.number(),
});
export type AnswerBody = z.infer<typeof answer>;

export const exportFormats = ['json', 'jsonl', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const peopleQuestion = z.strictObject({
  params,
  row,
  limit: z.int().min(0).max(100_000).default(1000),
  /** Consumers after this one. */
  after: z.int().min(0).default(0),
});

/** Whom a number counts. `consumers` is empty for a caller that may not see single consumers. */
export const people = z.object({
  count: z.int(),
  consumers: z.array(z.int()),
  next: z.int().optional(),
  as_of: z.string(),
  rules: z.string(),
  sql: z.string(),
});
export type People = z.infer<typeof people>;

export const explained = z.object({ sql: z.string(), doc: z.string() });

/** What a question is thought to cost before it is asked. */
export const cost = z.object({
  /** Rows it is thought to read, and the bytes they take on disk with all their columns. */
  rows: z.number(),
  bytes: z.number(),
  /** Bytes of memory it is given at first. */
  memory: z.number(),
  seconds: z.object({ from: z.number(), to: z.number() }),
  /** Seconds of these for what it stands on and is not kept yet; the next question goes without them. */
  first: z.number(),
  /** By the latest `runs` of the analysis, by the rows, or nothing, for its answer is kept. */
  origin: z.enum(['runs', 'rows', 'kept']),
  runs: z.int(),
  /** Likely to take longer than a reader waits. */
  heavy: z.boolean(),
});
export type Cost = z.infer<typeof cost>;

/** How a question stands that was asked with a ticket. */
export const standing = z.object({
  state: z.enum(['waiting', 'running', 'over']),
  /** Of one that waits: 1 begins next. */
  place: z.int().optional(),
  /** Seconds it goes on, or is thought to wait yet. */
  seconds: z.number().optional(),
  /** Of one that goes on: rows read of about so many, once that is known. */
  rows: z.number().optional(),
  total: z.number().optional(),
});
export type Standing = z.infer<typeof standing>;

/** People behind a number, saved under a name for later use as an audience; the consumers of that moment are kept. */
export const savedPeople = z.object({
  id: z.int(),
  name: z.string(),
  analysis: z.string(),
  params,
  row,
  count: z.int(),
  as_of: z.string(),
  rules: z.string(),
  createdAt: moment,
  createdBy: z.string(),
});
export type SavedPeople = z.infer<typeof savedPeople>;
export const newSavedPeople = z.strictObject({
  name: z.string().trim().min(1).max(100),
  analysis: z.string(),
  params,
  row,
});

/** How fresh the data are, and its span: what every page says at its foot. */
export const dataState = z.object({
  /** Changes with every change of facts, of the adopted rules, and of the product. */
  version: z.string(),
  as_of: z.string(),
  /** First and last day of any event or order; null in an empty home. */
  firstDay: dayText.nullable(),
  lastDay: dayText.nullable(),
  consumers: z.int(),
  rules: z.string(),
  /** Rows by entity, with the last day of each. */
  entities: z.array(z.object({ entity: z.string(), rows: z.int(), lastDay: dayText.nullable() })),
  brands: z.array(z.string()),
  categories: z.array(z.string()),
  /** What categories that are codes are called: the path of their items. */
  categoryNames: z.record(z.string(), z.string()),
});
export type DataState = z.infer<typeof dataState>;
