import type { Job } from '../../api/jobs.ts';
import type { NewLookalike } from '../../api/lookalikes.ts';
import { ConflictError, InputError, NotFoundError } from '../../base/errors.ts';
import { checkMapping } from '../../sources/recognise.ts';
import type { Product } from '../product.ts';
import type { MendedRow } from '../replay.ts';
import type { Uploads } from '../uploads.ts';
import type { JobParams } from './job.ts';
import type { Jobs } from './jobs.ts';
import { sealedRows, titleOf } from './works.ts';

/** What a job is asked with: the home, its jobs and uploads, and who asks. */
export interface Asking {
  readonly product: Product;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly by: string;
}

/** How a caller says that files are to be read. */
interface Reading {
  readonly preset?: string | undefined;
  readonly mapping?: unknown;
  readonly mapping_file?: string | undefined;
}

export interface ImportRequest extends Reading {
  readonly uploads?: readonly string[] | undefined;
  readonly path?: string | undefined;
  readonly source?: string | undefined;
  readonly strict?: boolean | undefined;
}

export interface ReplayRequest extends Reading {
  readonly import?: number | undefined;
  readonly file?: number | undefined;
  readonly mended?: readonly MendedRow[] | undefined;
  readonly mended_file?: string | undefined;
}

/** Asks for an import of whole uploads or of a path on the server's disk. */
export async function askImport({ jobs, uploads, product, by }: Asking, asked: ImportRequest): Promise<Job> {
  if ((asked.uploads === undefined) === (asked.path === undefined))
    throw new InputError('import_what', 'Say what to import: either `uploads` or `path`.');
  if (asked.uploads) await refuseBusy(product, asked.uploads);
  const title = asked.uploads ? titleOf(await uploads.files(asked.uploads)) : (asked.path?.split('/').at(-1) ?? '');
  return jobs.start({ kind: 'import', title, params: paramsOf(asked), by, host: hostOf(product) });
}

/** Asks for an import to be taken back. */
export async function askUndo({ jobs, product, by }: Asking, id: number): Promise<Job> {
  const { registry } = product.installation.context;
  const [known] = await registry.rows<{ status: string }>('select status from import where id = $1', [id]);
  if (!known) throw new NotFoundError('import', `There is no import ${id}.`);
  if (known.status === 'undone')
    throw new ConflictError('already_undone', `Import ${id} was taken back already: nothing of it is left.`);
  return jobs.start({ kind: 'undo', title: `#${id}`, params: { import: id }, by });
}

/** Asks for rejects to be tried again, as they came or mended. */
export async function askReplay({ jobs, product, by }: Asking, asked: ReplayRequest): Promise<Job> {
  const { mended, ...rest } = asked;
  const sealed = mended ? { mended: sealedRows(product.installation.context, mended) } : {};
  const title = asked.import === undefined ? '' : `#${asked.import}`;
  const host = (rest.mended_file ?? rest.mapping_file) === undefined ? null : hostOf(product);
  return jobs.start({ kind: 'replay', title, params: { ...paramsOf(rest), ...sealed }, by, host });
}

/** Asks for the demo brand. */
export function askDemo({ jobs, by }: Asking, asked: { readonly size: string; readonly seed?: number | undefined }) {
  return jobs.start({ kind: 'demo', title: asked.size, params: given(asked), by });
}

/** Asks for a backup, into a file of the disk of the server that was asked. */
export function askBackup({ jobs, product, by }: Asking, asked: { readonly to: string; readonly with_key: boolean }) {
  const title = asked.to.split('/').at(-1) ?? '';
  return jobs.start({ kind: 'backup', title, params: { ...asked }, by, host: hostOf(product) });
}

/** Asks for a lookalike to be trained; a seed that cannot be looked at is refused at once. */
export async function askLookalike({ jobs, product, by }: Asking, asked: NewLookalike): Promise<Job> {
  await product.checkTraining(asked);
  return jobs.start({ kind: 'lookalike', title: asked.seed, params: { ...given(asked), by }, by });
}

/** Parameters with the mapping checked, so that a faulty one is told at once and not by a failed job. */
function paramsOf(asked: Reading): JobParams {
  return given({ ...asked, ...(asked.mapping === undefined ? {} : { mapping: checkMapping(asked.mapping) }) });
}

/** Files lie on the disk of the server that was asked. */
const hostOf = ({ installation }: Product): string => installation.home.server;

const given = (asked: object): JobParams =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));

async function refuseBusy({ installation }: Product, uploads: readonly string[]): Promise<void> {
  const [busy] = await installation.context.registry.rows<{ id: number }>(
    `select id from job where status in ('queued', 'running') and exists (
      select 1 from jsonb_array_elements_text($1) as u (id) where params->'uploads' @> to_jsonb(u.id)) limit 1`,
    [uploads],
  );
  if (busy) throw new ConflictError('upload_in_use', `Job ${busy.id} imports these files already.`);
}
