import { z } from 'zod';
import { moment } from './common.ts';

/** What the values of a list are: identifiers as they are, or their MD5 or SHA-256 in hex, as platforms take them. */
export const listForms = ['plain', 'md5', 'sha256'] as const;
export type ListForm = (typeof listForms)[number];

const name = z.string().trim().min(1).max(200);

/** A list of identifiers in a file. */
export const newIdList = z.strictObject({
  name,
  id: z
    .string()
    .regex(/^[a-z0-9_]{1,50}$/)
    .describe('type of the identifiers, such as phone'),
  form: z.enum(listForms).default('plain'),
  column: z.string().max(200).optional().describe('column of the file they stand in; absent, the first'),
});
export type NewIdList = z.input<typeof newIdList>;

/** The same with the upload that brought the file, or its path on the server. */
export const uploadedIdList = newIdList.extend({
  upload: z.string().min(1).max(64).optional(),
  path: z.string().min(1).max(4096).optional(),
});

export const idList = z.object({
  id: z.int(),
  name: z.string(),
  id_type: z.string(),
  form: z.enum(listForms),
  /** Values of the file; different ones that can name somebody; those of them that belong to a consumer now. */
  given: z.int(),
  usable: z.int(),
  matched: z.int(),
  /** Consumers they belong to. */
  consumers: z.int(),
  created_at: moment,
  created_by: z.string(),
});
export type IdList = z.infer<typeof idList>;
