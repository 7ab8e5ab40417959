import { z } from 'zod';
import { moment } from './common.ts';

const named = z.string().trim().min(3).max(500);

/** Why the identifiers of a consumer are one person; with `to`, also how one comes to the other. */
export const linkQuestion = z.strictObject({
  identifier: z.string().trim().min(1).max(500).describe('type:value, a value, or # and the number of a consumer'),
  to: z.string().trim().min(1).max(500).optional().describe('type:value or a value'),
});

/** Where a card was seen: the first line of a file, and since when. */
const seen = {
  source: z.string(),
  file: z.string(),
  line: z.int(),
  first_seen: moment,
};

/** The links of a consumer. Identifiers are written `type:value`, personal ones by the beginning of their keyed hash. */
export const linkReport = z.object({
  consumer: z.int(),
  identifiers: z.array(
    z.object({
      name: z.string(),
      personal: z.boolean(),
      shared: z.boolean(),
      /** A cut keeps it from linking anything. */
      cut: z.boolean(),
    }),
  ),
  /** Identifiers that stood together on rows of a file; `linking` are those that they link, fewer where a cut says so. */
  cards: z.array(z.object({ identifiers: z.array(z.string()), linking: z.array(z.string()), ...seen, rows: z.int() })),
  /** Cards beyond those that are listed. */
  more: z.int(),
  /** The shortest way from one identifier to the other; null where none was asked for, or none leads there. */
  chain: z.array(z.object({ from: z.string(), to: z.string(), ...seen })).nullable(),
});
export type LinkReport = z.infer<typeof linkReport>;

/**
 * A cut to be made: of an identifier, of a pair, of a source, or of a source or all from a moment on. `source` beside an
 * identifier says of which source it is.
 */
export const cutRequest = z.strictObject({
  identifier: named.optional(),
  pair: z.tuple([named, named]).optional(),
  source: z.string().trim().min(1).max(200).optional(),
  from: z.string().trim().max(40).optional().describe('a day or moment, in the workspace zone where it names none'),
});
export const newCut = cutRequest.extend({ note: z.string().trim().max(500).default('') });
export type CutRequest = z.input<typeof cutRequest>;
export type NewCut = z.input<typeof newCut>;

/** What a cut, or its lifting, changes. */
export const cutPreview = z.object({
  /** Consumers that those concerned are, before and after. */
  before: z.int(),
  after: z.int(),
  /** Rows that would belong to another consumer. */
  rows: z.int(),
});
export type CutPreview = z.infer<typeof cutPreview>;

/** A cut to be looked at before it is made, or, by its number, before it is lifted. */
export const cutPreviewRequest = z.union([z.strictObject({ lift: z.int().min(1) }), cutRequest]);

export const cut = z.object({
  id: z.int(),
  kind: z.enum(['identifier', 'pair', 'source', 'time']),
  /** The identifier, or the two, as they may be shown; none of a source or a time. */
  identifiers: z.array(z.string()),
  source: z.string().nullable(),
  from: moment.nullable(),
  note: z.string(),
  made_by: z.string(),
  made_at: moment,
  /** From when on it was no longer in force. */
  lifted_at: moment.nullable(),
});
export type Cut = z.infer<typeof cut>;
