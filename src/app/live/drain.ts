import type { Loaded, Segment } from '../../collector/log/segment.ts';
import type { Words } from '../../collector/words.ts';
import type { Context } from '../../intake/context.ts';
import { hashOf } from '../../intake/fingerprint.ts';
import { giveUpReading, importFile } from '../../intake/importFile.ts';
import { clearState, readState, writeState } from '../../intake/journal.ts';
import { filesIn, findTwin } from '../../intake/ledger.ts';
import { mend } from '../../intake/recover.ts';
import type { Registry } from '../../registry/registry.ts';
import { addCounts, type Counted } from './counts.ts';
import type { Packed } from './group.ts';
import { liveImport } from './liveImport.ts';
import { fileOf, mappingOf } from './packedFile.ts';
import type { Shown } from './recent.ts';
import type { Translated } from './translation.ts';

/** Bytes of log taken in at once, unless one segment has more. */
const UNIT_BYTES = 32 * 1024 * 1024;

/** What is being taken in: kept until it is, so that a killed drain takes the same rows again. */
interface Unit {
  readonly segments: readonly string[];
  /** Hash of the words its rows are made with. */
  readonly words: string;
  /** When the last of its events can have been received. */
  readonly until: string;
}

/** What live files are recognised as. */
export const PRESET = 'live';

/** Names of what is remembered of a log between runs: one log a server. */
export interface LogMemory {
  /** What is being taken in. */
  readonly unit: string;
  /** Whose counts were added last. */
  readonly counted: string;
}

export interface DrainOptions {
  readonly memory: LogMemory;
  readonly words: Words;
  /** Every event of the segments was received by then. */
  readonly until: string;
  /** Makes the rows of segments. */
  translate(segments: readonly Loaded[], words: Words): Promise<Translated>;
  /** Told what is shown of the events. */
  seen?(events: readonly Shown[]): void;
}

/**
 * Takes the oldest closed segments in, as one import a source and entity; each row counts once however often this is
 * begun. Gives the number of segments that are done and gone.
 */
export async function drain(given: Context, segments: readonly Segment[], options: DrainOptions): Promise<number> {
  const begun = await readState<Unit>(given.registry, options.memory.unit);
  const unit = begun ? await resumed(given, begun, options) : await begin(given, segments, options);
  const own = segments.filter(({ name }) => unit.segments.includes(name));
  const context: Context = { ...given, now: () => unit.until, watch: () => {} };
  try {
    if (own.length === unit.segments.length) await takeIn(context, unit, own, options);
    for (const segment of own) await segment.remove();
    await clearState(context.registry, options.memory.unit);
    return own.length;
  } catch (error) {
    await context.gate.alone(() => mend(context)).catch(() => {});
    throw error;
  }
}

/** A unit that a kill cut short; what was half read of it with other words is read anew. */
async function resumed(context: Context, unit: Unit, { words, memory }: DrainOptions): Promise<Unit> {
  const own = wordsHash(words);
  if (unit.words === own) return unit;
  await giveUpBegun(context, 'The words of live events have changed: they are read anew.');
  await writeState(context.registry, memory.unit, { ...unit, words: own });
  return { ...unit, words: own };
}

const wordsHash = (words: Words): string => hashOf(JSON.stringify(words));

async function giveUpBegun(context: Context, why: string): Promise<void> {
  for (const { import_id, preset } of await filesIn(context.registry, ['reading']))
    if (preset === PRESET) await giveUpReading(context, import_id, why);
}

/**
 * Puts what cannot be taken in beside the log, so that it keeps nothing else out, and forgets what had been begun of it;
 * what was done of it stays. Gives the names of the files to look into.
 */
export async function setAside(
  context: Context,
  segments: readonly Segment[],
  memory: LogMemory,
): Promise<readonly string[]> {
  const unit = await readState<Unit>(context.registry, memory.unit);
  const own = segments.filter(({ name }) => unit?.segments.includes(name));
  for (const segment of own) await segment.setAside();
  await giveUpBegun(context, 'These live events could not be taken in: their log was set aside.');
  await clearState(context.registry, memory.unit);
  return own.map(({ name }) => `${name}.aside`);
}

async function begin(
  { registry }: Context,
  segments: readonly Segment[],
  { words, until, memory }: DrainOptions,
): Promise<Unit> {
  const names: string[] = [];
  let bytes = 0;
  for (const segment of segments) {
    bytes += segment.bytes;
    if (names.length > 0 && bytes > UNIT_BYTES) break;
    names.push(segment.name);
  }
  const unit = { segments: names, words: wordsHash(words), until };
  await writeState(registry, memory.unit, unit);
  return unit;
}

async function takeIn(context: Context, unit: Unit, own: readonly Segment[], options: DrainOptions) {
  const counted: Counted[] = [];
  for (const group of await groupsOf(own, options)) {
    const counts = await takeGroup(context, unit, group);
    if (!group.derived) counted.push({ source: group.source, ...counts });
  }
  await addCounts(
    context.registry,
    { log: options.memory.counted, name: unit.segments.join(' ') },
    unit.until,
    counted,
  );
}

async function groupsOf(own: readonly Segment[], { translate, words, seen }: DrainOptions): Promise<readonly Packed[]> {
  const loaded = await Promise.all(own.map((segment) => segment.load()));
  const { groups, shown, damage } = await translate(loaded, words);
  for (const { stem, ...each } of damage) own.find(({ name }) => name.startsWith(stem))?.noteDamage(each);
  seen?.(shown);
  return groups;
}

/** Note: a group that was done before a kill is not read again; what came of it stands in the ledger. */
async function takeGroup(context: Context, unit: Unit, group: Packed) {
  const { source, entity, derived } = group;
  const sha256 = hashOf(JSON.stringify(['live', unit.segments, source, entity, derived]));
  const twin = await findTwin(context.registry, source, sha256);
  if (twin?.status === 'done') return twin;
  const name = `live ${unit.segments[0]}`;
  const report = await importFile(context, {
    importId: await liveImport(context, source),
    name,
    path: '',
    place: `live ${unit.segments.join(' ')}`,
    preset: PRESET,
    mapping: mappingOf(group),
    source,
    content: fileOf(group),
    strict: false,
    sha256,
  });
  if (report.rejected === 0) await forgetColumns(context.registry, source, sha256);
  return report;
}

/** A live file without rejects is never read again: its columns would only fill the ledger, which grows with every run. */
async function forgetColumns(registry: Registry, source: string, sha256: string): Promise<void> {
  await registry.rows(
    `update import_file set mapping = jsonb_build_object('entity', entity, 'columns', '{}'::jsonb), header = null
      where source = $1 and sha256 = $2 and status = 'done'`,
    [source, sha256],
  );
}
