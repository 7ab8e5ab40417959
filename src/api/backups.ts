import { z } from 'zod';

/** What is to be saved where: a path on the server's own disk, or `s3://bucket/key` in the storage of the server's environment. */
export const newBackup = z.strictObject({
  to: z.string().min(1).max(4096),
  /** False leaves the key out: it must then be given to restore. */
  with_key: z.boolean().default(true),
});

/** What a backup came to. */
export const backup = z.object({
  /** Its name, without the folder. */
  file: z.string(),
  /** Rows of both stores. */
  rows: z.int(),
  /** Bytes written, compressed. */
  bytes: z.int(),
  key: z.boolean(),
});
