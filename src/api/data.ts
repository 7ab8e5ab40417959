import { z } from 'zod';
import { moment, text } from './common.ts';

/** A file on its way in: bytes are sent from `received` on until it is `size`. */
export const upload = z.object({
  id: z.string(),
  name: z.string(),
  size: z.int(),
  received: z.int(),
  createdAt: moment,
});
export type Upload = z.infer<typeof upload>;
export const newUpload = z.strictObject({ name: z.string().min(1).max(255), size: z.int().min(0) });

/** A mapping as the mapping files write it: entity, and a rule a column. */
export const mappingBody = z.looseObject({ entity: z.string(), columns: z.record(z.string(), z.unknown()) });

export const recogniseRequest = z.strictObject({
  preset: z.string().optional(),
  mapping: mappingBody.optional(),
  /** Rows to show. */
  rows: z.int().min(1).max(200).default(20),
});

/** What a file was taken for, and what its first rows become. */
export const recognised = z.object({
  file: z.string(),
  format: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.string()),
  /** Preset, `canonical`, `mapping`, or null where nothing fits. */
  preset: z.string().nullable(),
  entity: z.string().nullable(),
  mapping: mappingBody.nullable(),
  /** Of a file that is not recognised: the entity that most of its columns belong to, and what it lacks of it; `id_…` is any identifier. */
  nearest: z.object({ entity: z.string(), missing: z.array(z.string()) }).nullable(),
  unmapped: z.array(z.string()),
  rows: z.array(
    z.object({
      line: z.int(),
      raw: z.array(z.string()),
      /** Column of the contract → what it becomes; absent where the row is rejected. */
      turned: z.record(z.string(), z.string()).nullable(),
      reject: z.object({ column: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  accepted: z.int(),
  rejected: z.int(),
});
export type Recognised = z.infer<typeof recognised>;

/** Columns a mapping may fill, by entity, for the form that makes one. */
export const contractEntity = z.object({
  name: z.string(),
  title: text,
  personal: z.boolean(),
  columns: z.array(z.object({ name: z.string(), kind: z.string(), required: z.boolean() })),
});
export type ContractEntity = z.infer<typeof contractEntity>;

export const savedMapping = z.object({
  name: z.string(),
  mapping: mappingBody,
  createdAt: moment,
  createdBy: z.string(),
});
export type SavedMapping = z.infer<typeof savedMapping>;

/** `uploads` from the console, or `path` on the server's own disk (administrators and the terminal only). */
export const newImport = z.strictObject({
  uploads: z.array(z.string()).min(1).optional(),
  path: z.string().optional(),
  preset: z.string().optional(),
  mapping: mappingBody.optional(),
  /** A mapping file on the server's own disk, with `path` only. */
  mapping_file: z.string().optional(),
  source: z.string().max(64).optional(),
  strict: z.boolean().optional(),
});

export const fileReport = z.object({
  file: z.string(),
  entity: z.string(),
  preset: z.string(),
  read: z.int(),
  accepted: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
  unmapped_columns: z.int(),
  seconds: z.number(),
  unmapped: z.array(z.string()),
  message: z.string().optional(),
});

export const importEntry = z.object({
  id: z.int(),
  started_at: moment,
  path: z.string(),
  source: z.string().nullable(),
  status: z.enum(['running', 'done', 'undone', 'failed']),
  files: z.int(),
  read: z.int(),
  accepted: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
});
export type ImportEntry = z.infer<typeof importEntry>;
export const importPage = importEntry.extend({ reports: z.array(fileReport) });
export type ImportPage = z.infer<typeof importPage>;

/** `raw` is the row as it came, and empty once 30 days have passed. */
export const reject = z.object({
  file: z.string(),
  file_id: z.int(),
  line: z.int(),
  column: z.string(),
  reason: z.string(),
  raw: z.string(),
  at: moment,
});
export type RejectEntry = z.infer<typeof reject>;
export const rejectsQuery = z.object({
  import: z.coerce.number().int().optional(),
  file: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
});
export const replayRequest = z.strictObject({
  import: z.int().optional(),
  file: z.int().optional(),
  preset: z.string().optional(),
  mapping: mappingBody.optional(),
  /** A mapping file on the server's own disk (administrators and the terminal only). */
  mapping_file: z.string().optional(),
  /** Rows mended by hand; without it every reject of the filter is tried again as it came. */
  mended: z.array(z.strictObject({ file_id: z.int(), line: z.int(), raw: z.string() })).optional(),
  /** The same as a CSV on the server's own disk (administrators and the terminal only). */
  mended_file: z.string().optional(),
  /** The same as an upload, which is read at once and forgotten. */
  mended_upload: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});

/** Loads the demo brand into a home without data. */
export const demoRequest = z.strictObject({
  size: z.string().max(20).default('small'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
});

/** A known platform's file and the headers it is recognised by. */
export const presetEntry = z.object({
  name: z.string(),
  title: text,
  entity: z.string(),
  headers: z.array(z.string()),
});
export type PresetEntry = z.infer<typeof presetEntry>;

/** How many rows of a file could not be taken for one reason. */
export const rejectSum = z.object({
  import: z.int(),
  file: z.string(),
  file_id: z.int(),
  column: z.string(),
  reason: z.string(),
  rows: z.int(),
});
export type RejectSum = z.infer<typeof rejectSum>;
export const rejectSumQuery = rejectsQuery.omit({ limit: true });

export const uploadId = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });
export const pieceQuery = z.object({ offset: z.coerce.number().int().min(0) });
export const mappingName = z.object({ name: z.string().trim().min(1).max(100) });
