import { z } from 'zod';
import { newLookalike } from '../../api/lookalikes.ts';
import { ConflictError, InputError, NotFoundError } from '../../base/errors.ts';
import { CancelledError } from '../../base/progress.ts';
import type { Context } from '../../intake/context.ts';
import { mend } from '../../intake/recover.ts';
import { seal, unseal } from '../../intake/seal.ts';
import { type Undone, undoImport } from '../../intake/undo.ts';
import { mapping } from '../../sources/mapping.ts';
import { importFiles, importPath, type NamedFile } from '../importing.ts';
import type { Product } from '../product.ts';
import { type MendedRow, replayRejects } from '../replay.ts';
import type { ImportReport } from '../reports.ts';
import type { Uploads } from '../uploads.ts';
import type { JobKind, Tools, Work } from './job.ts';

const given = {
  preset: z.string().optional(),
  mapping: mapping.optional(),
  mapping_file: z.string().optional(),
};

const importParams = z.object({
  ...given,
  uploads: z.array(z.string()).optional(),
  path: z.string().optional(),
  source: z.string().optional(),
  strict: z.boolean().optional(),
  /** Number of the import that an earlier start began. */
  began: z.int().optional(),
});
export type ImportJob = z.input<typeof importParams>;

const replayParams = z.object({
  ...given,
  import: z.int().optional(),
  file: z.int().optional(),
  /** Rows mended by hand, sealed: they hold what people typed. */
  mended: z.string().optional(),
  mended_file: z.string().optional(),
  began: z.int().optional(),
});

const undoParams = z.object({ import: z.int(), begun: z.boolean().optional() });
const backupParams = z.object({ to: z.string(), with_key: z.boolean() });
const lookalikeParams = newLookalike.extend({ by: z.string(), began: z.int().optional() });
const demoParams = z.object({ size: z.string(), seed: z.int().optional() });

/** Mended rows as a job's parameters may hold them. */
export function sealedRows({ keys }: Context, rows: readonly MendedRow[]): string {
  return seal(JSON.stringify(rows), keys.reject);
}

/** What jobs do but those of reports and pushes; each goes on where a killed or stopped start of it ended. */
export function dataWorks(
  product: Product,
  uploads: Uploads,
): Readonly<Record<Exclude<JobKind, 'report' | 'push'>, Work>> {
  const { context } = product.installation;
  const watched = ({ watch }: Tools): Context => ({ ...context, watch });
  return {
    import: mending(context, (params, tools) => runImport(watched(tools), uploads, importParams.parse(params), tools)),
    replay: mending(context, (params, tools) => runReplay(watched(tools), replayParams.parse(params), tools)),
    undo: mending(context, (params, tools) => runUndo(watched(tools), undoParams.parse(params), tools)),
    demo: mending(context, (params, { watch }) => {
      const { seed, size } = demoParams.parse(params);
      return product.demo({ size, ...(seed === undefined ? {} : { seed }) }, watch);
    }),
    backup: (params, { watch }) => {
      const { to, with_key: withKey } = backupParams.parse(params);
      return product.backup({ to, withKey }, watch);
    },
    lookalike: (params, { watch, remember }) => {
      const { by, began, ...asked } = lookalikeParams.parse(params);
      return product.trainLookalike(asked, watch, { by, began, begins: (model) => remember({ began: model }) });
    },
  };
}

/** Work that failed in the middle of a change has it ended or taken back before anything else reads the facts. */
function mending(context: Context, work: Work): Work {
  return async (params, tools) => {
    try {
      return await work(params, tools);
    } catch (error) {
      const expected = [InputError, NotFoundError, ConflictError, CancelledError].some((each) => error instanceof each);
      if (!expected) await context.gate.alone(() => mend(context));
      throw error;
    }
  };
}

type Given<T extends z.ZodType> = z.output<T>;

async function runImport(
  context: Context,
  uploads: Uploads,
  { uploads: ids, path, began, mapping: own, mapping_file, preset, source, strict }: Given<typeof importParams>,
  { remember }: Tools,
): Promise<ImportReport> {
  const report = (began === undefined ? undefined : await reportOfDone(context, began)) ?? (await anew());
  if (ids) await uploads.release(ids);
  return report;

  async function anew(): Promise<ImportReport> {
    const options = {
      ...(preset === undefined ? {} : { preset }),
      ...(own === undefined ? {} : { mappings: [own] }),
      ...(mapping_file === undefined ? {} : { mapping: mapping_file }),
      ...(source === undefined ? {} : { source }),
      ...(strict === undefined ? {} : { strict }),
      ...(began === undefined ? {} : { resume: began }),
      began: (id: number) => remember({ began: id }),
    };
    if (path !== undefined) return importPath(context, path, options);
    const files = await uploads.files(ids ?? []);
    return importFiles(context, titleOf(files), files, options);
  }
}

/** Names of files for people, the first few of many. */
export function titleOf(files: readonly Pick<NamedFile, 'name'>[]): string {
  const names = files.slice(0, 3).map(({ name }) => name);
  return [...names, ...(files.length > 3 ? [`+${files.length - 3}`] : [])].join(', ');
}

/** The report of an import that was done when its job was killed. */
async function reportOfDone({ registry }: Context, id: number): Promise<ImportReport | undefined> {
  const [row] = await registry.rows<{ report: ImportReport }>(
    `select report from import where id = $1 and status = 'done'`,
    [id],
  );
  return row?.report;
}

async function runReplay(
  context: Context,
  params: Given<typeof replayParams>,
  { remember }: Tools,
): Promise<ImportReport> {
  const { began, mapping: own, mapping_file, preset, import: of, file, mended, mended_file } = params;
  const done = began === undefined ? undefined : await reportOfDone(context, began);
  if (done) return done;
  if (mended === '')
    throw new NotFoundError('mended_gone', 'The mended rows are forgotten after two days: mend and replay them again.');
  const report = await replayRejects(context, {
    ...(of === undefined ? {} : { import: of }),
    ...(file === undefined ? {} : { file }),
    ...(preset === undefined ? {} : { preset }),
    ...(own === undefined ? {} : { mappings: [own] }),
    ...(mapping_file === undefined ? {} : { mapping: mapping_file }),
    ...(mended_file === undefined ? {} : { from: mended_file }),
    ...(mended === undefined ? {} : { mended: JSON.parse(unseal(mended, context.keys.reject)) as MendedRow[] }),
    ...(began === undefined ? {} : { resume: began }),
    began: (id) => remember({ began: id }),
  });
  if (mended !== undefined) await remember({ mended: '' });
  return report;
}

async function runUndo(
  context: Context,
  { import: id, begun }: Given<typeof undoParams>,
  { remember }: Tools,
): Promise<Undone> {
  if (begun) {
    const [row] = await context.registry.rows<{ files: number; rows: number }>(
      `select coalesce(sum(f.files), 0) as files, coalesce(sum(f.accepted), 0) as rows from import i left join import_file f
        on f.import_id = i.id and f.status = 'undone' where i.id = $1 and i.status = 'undone' group by i.id`,
      [id],
    );
    if (row) return { import: id, ...row };
  } else await remember({ begun: true });
  return undoImport(context, id);
}
