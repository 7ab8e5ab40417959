import type { Recognised } from '../api/data.ts';
import { InputError } from '../base/errors.ts';
import { shown } from '../identity/identifier.ts';
import { typeOf } from '../identity/types.ts';
import type { Context } from '../intake/context.ts';
import { lookAtTurned } from '../intake/stage.ts';
import type { Kind } from '../model/entities.ts';
import { storedName } from '../model/storage.ts';
import { type Compiled, compileIntake } from '../sources/compile.ts';
import { columnsRead, type Mapping } from '../sources/mapping.ts';
import type { Batch, Source } from '../sources/read/batch.ts';
import { fieldsOf } from '../sources/read/fields.ts';
import { openSource } from '../sources/read/open.ts';
import { checkMapping, nearest, recognise } from '../sources/recognise.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import { firstOf } from './head.ts';
import type { NamedFile } from './importing.ts';

/** Bytes read at a time: a preview needs the head of a file only. */
const HEAD_BYTES = 256 << 10;
const SOURCE = 'files';

/** What a caller says of a file, and how many of its rows it wants to see. */
export interface PreviewRequest {
  readonly preset?: string | undefined;
  readonly mapping?: unknown;
  readonly rows: number;
}

type PreviewRow = Recognised['rows'][number];

/** Reads the head of a file and turns it as an import would, keeping nothing. */
export async function previewFile(
  context: Context,
  file: Pick<NamedFile, 'path' | 'name'>,
  asked: PreviewRequest,
): Promise<Recognised> {
  const mapping = asked.mapping === undefined ? undefined : checkMapping(asked.mapping);
  const source = await openSource(file.path, { batchBytes: HEAD_BYTES });
  const found = foundIn(file.name, source, mapping, asked.preset);
  const rows: PreviewRow[] = [];
  const unmapped = new Set<string>();
  let columns = source.columns;
  for (const batch of await headOf(source, asked.rows)) {
    columns = batch.columns;
    const compiled = found && compiledFor(context, found.mapping, source, batch.columns);
    for (const name of compiled?.unmapped ?? []) unmapped.add(name);
    rows.push(...(await previewRows(context, batch, compiled, found?.mapping)));
  }
  const isKnown = found !== undefined;
  return {
    file: file.name,
    format: source.format,
    encoding: source.encoding,
    delimiter: source.delimiter ?? '',
    columns: [...columns],
    preset: found?.preset ?? null,
    entity: found?.mapping.entity ?? null,
    mapping: found?.mapping ?? null,
    nearest: isKnown ? null : nearestTo(columns),
    unmapped: isKnown ? [...unmapped] : [...columns],
    rows,
    accepted: isKnown ? rows.filter(({ reject }) => reject === null).length : 0,
    rejected: isKnown ? rows.filter(({ reject }) => reject !== null).length : rows.length,
  };
}

function nearestTo(columns: readonly string[]): Recognised['nearest'] {
  const near = nearest(columns);
  return near ? { entity: near.entity, missing: [...near.missing] } : null;
}

function foundIn(name: string, source: Source, mapping: Mapping | undefined, preset: string | undefined) {
  const { columns, format } = source;
  if (columns.length === 0) return undefined;
  const found = recognise({ name, columns }, mapping ? { mapping } : preset === undefined ? {} : { preset });
  if (found?.preset !== 'canonical' || format === 'jsonl') return found;
  return { ...found, mapping: { ...found.mapping, columns: onlyOf(found.mapping, columns) } };
}

/** The contract's own columns that a file has: of the others there is nothing to see. Records of JSON Lines may bring them later. */
function onlyOf(mapping: Mapping, columns: readonly string[]): Mapping['columns'] {
  const has = (rule: Mapping['columns'][string]) => columnsRead(rule).some((name) => columns.includes(name));
  return Object.fromEntries(Object.entries(mapping.columns).filter(([, rule]) => has(rule)));
}

function compiledFor(context: Context, mapping: Mapping, { format }: Source, columns: readonly string[]): Compiled {
  const { zone, keys } = context;
  return compileIntake({
    mapping,
    columns,
    varying: format === 'jsonl',
    source: mapping.source ?? SOURCE,
    clock: { zone, now: context.now() },
    identity: keys.identity,
    identifierKey: keys.identifier,
  });
}

/** Batches with the first `rows` records of a file, broken lines among them; one that is cut short has those before. */
async function headOf(source: Source, rows: number): Promise<Batch[]> {
  const head: Batch[] = [];
  let left = rows;
  try {
    for await (const batch of source.batches()) {
      const first = firstOf(batch, left);
      head.push(first);
      left -= first.rows + first.broken.length;
      if (left <= 0) break;
    }
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'truncated') throw error;
  }
  return head;
}

async function previewRows(
  context: Context,
  batch: Batch,
  compiled: Compiled | undefined,
  mapping: Mapping | undefined,
): Promise<PreviewRow[]> {
  const fields = batch.rows === 0 ? [] : fieldsOf(batch);
  const turned =
    compiled && mapping && batch.rows > 0
      ? await turnedRows(context, batch, compiled, mapping)
      : new Map<number, Turned>();
  const rows = fields.map((raw, i): PreviewRow => {
    const line = lineOf(batch, i);
    const known = turned.get(line);
    return { line, raw, turned: known?.cells ?? null, reject: known?.reject ?? null };
  });
  const broken = batch.broken.map(
    ({ line, reason, raw }): PreviewRow => ({ line, raw: [raw], turned: null, reject: { column: '', reason } }),
  );
  return [...rows, ...broken].sort((a, b) => a.line - b.line);
}

const lineOf = ({ lines }: Batch, i: number): number => (typeof lines === 'number' ? lines + i : (lines[i] ?? 0));

interface Turned {
  readonly cells: Record<string, string> | null;
  readonly reject: PreviewRow['reject'];
}

/** What the records of a batch become, by line. */
async function turnedRows(
  context: Context,
  batch: Batch,
  compiled: Compiled,
  mapping: Mapping,
): Promise<Map<number, Turned>> {
  const cells = cellsOf(context, compiled, mapping);
  const shownCells = join(
    [sql`line`, sql`why`, ...cells.map(({ text }, i) => sql`${text} AS ${id(`cell${i}`)}`)],
    ', ',
  );
  const rows = await lookAtTurned(context.warehouse, batch, compiled, (turned) =>
    context.warehouse.rows<{ line: number; why: string } & Record<string, unknown>>(
      sql`SELECT ${shownCells} FROM ${turned}`,
    ),
  );
  return new Map(
    rows.map(({ line, why, ...values }): [number, Turned] => {
      const [reason = '', column = ''] = why.split(':');
      if (why !== '') return [line, { cells: null, reject: { column, reason } }];
      const texts = cells.map(({ name }, i): [string, string] => [name, String(values[`cell${i}`] ?? '')]);
      return [line, { cells: Object.fromEntries(texts.filter(([, text]) => text !== '')), reject: null }];
    }),
  );
}

interface CellShown {
  /** Column of the contract. */
  readonly name: string;
  readonly text: Fragment;
}

/** Columns of the contract that turned rows have, as texts; of a personal identifier only its keyed hash. */
function cellsOf({ zone, keys }: Context, { entity, stored, ids }: Compiled, mapping: Mapping): CellShown[] {
  const has = new Set(stored.map(({ name }) => name));
  const own = entity.columns
    .filter((column) => has.has(storedName(entity, column)))
    .map((column) => ({ name: column.name, text: textOf(column.kind, id(storedName(entity, column)), zone) }));
  const identifiers = ids.map(({ type, number, value }) => {
    const place = { name: type, type: typeOf(keys.identity, type), source: mapping.source ?? SOURCE };
    return { name: `id_${type}`, text: sql`if(${id(number)} = 0, '', ${shown(id(value), place, keys.identifier)})` };
  });
  return [...own, ...identifiers];
}

/** A stored value as its reader knows it: moments in the business zone, money in major units. */
function textOf(kind: Kind, value: Fragment, zone: string): Fragment {
  if (kind === 'time') return sql`ifNull(formatDateTime(toTimeZone(${value}, ${zone}), '%Y-%m-%d %H:%i:%S'), '')`;
  if (kind === 'money') return sql`ifNull(toDecimalString(toDecimal128(${value}, 2) / 100, 2), '')`;
  if (kind === 'flag') return sql`if(${value} = 1, 'true', 'false')`;
  return sql`ifNull(toString(${value}), '')`;
}
