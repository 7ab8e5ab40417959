import { type BroughtFile, type Cutting, nothingSevered, type Severed, severedBy } from '../identity/cuts.ts';
import type { Registry } from '../registry/registry.ts';
import { numbersIn } from './fold.ts';

/** A cut as the registry keeps it. */
export interface Cut {
  readonly id: number;
  readonly cutting: Cutting;
  readonly madeBy: string;
  /** ISO moment. */
  readonly madeAt: string;
  readonly note: string;
  /** ISO moment from which it was no longer in force; null while it is. */
  readonly liftedAt: string | null;
}

interface Stored extends Record<string, unknown> {
  readonly id: number;
  readonly kind: Cutting['kind'];
  readonly what: Record<string, unknown>;
  readonly made_by: string;
  readonly made_at: string;
  readonly note: string;
  readonly lifted_at: string | null;
}

/** Every cut that was ever made, the latest first. */
export async function cutsOf(registry: Registry): Promise<Cut[]> {
  const rows = await registry.rows<Stored>(
    'SELECT id, kind, what, made_by, made_at, note, lifted_at FROM cut ORDER BY id DESC',
  );
  return rows.map(({ id, kind, what, made_by: madeBy, made_at: madeAt, note, lifted_at: liftedAt }) => ({
    id,
    cutting: { kind, ...what } as Cutting, // as: only `addCut` writes it
    madeBy,
    madeAt,
    note,
    liftedAt,
  }));
}

export async function addCut(
  registry: Registry,
  { cutting, madeBy, madeAt, note }: Omit<Cut, 'id' | 'liftedAt'>,
): Promise<number> {
  const { kind, ...what } = cutting;
  const [row] = await registry.rows<{ id: number }>(
    'INSERT INTO cut (kind, what, made_by, made_at, note) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [kind, what, madeBy, madeAt, note],
  );
  if (!row) throw new Error('the registry gave no cut number');
  return row.id;
}

/** True where a cut is in force. */
export async function hasCuts(registry: Registry): Promise<boolean> {
  return (await registry.rows('SELECT id FROM cut WHERE lifted_at IS NULL LIMIT 1')).length > 0;
}

/** What the cuts that are in force sever. */
export async function severedNow(registry: Registry): Promise<Severed> {
  const cuts = (await cutsOf(registry)).filter(({ liftedAt }) => liftedAt === null);
  return cuts.length === 0
    ? nothingSevered
    : severedUnder(
        registry,
        cuts.map(({ cutting }) => cutting),
      );
}

/** What these cuts would sever together. */
export async function severedUnder(registry: Registry, cuttings: readonly Cutting[]): Promise<Severed> {
  const asksFiles = cuttings.some(({ kind }) => kind === 'source' || kind === 'time');
  return severedBy(cuttings, asksFiles ? await broughtFiles(registry) : []);
}

async function broughtFiles(registry: Registry): Promise<BroughtFile[]> {
  return registry.rows<{ id: number; source: string; broughtAt: string }>(
    `SELECT n.number AS id, coalesce(f.source, '') AS source, i.started_at AS "broughtAt"
     FROM import_file f JOIN import i ON i.id = f.import_id, LATERAL ${numbersIn('f')} ORDER BY n.number`,
  );
}
