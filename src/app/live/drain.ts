import type { Placed } from '../../collector/entry.ts';
import type { LiveRow, Protocol, Unreadable } from '../../collector/protocol.ts';
import type { Words } from '../../collector/words.ts';
import type { Context } from '../../intake/context.ts';
import { hashOf } from '../../intake/fingerprint.ts';
import { giveUpReading, importFile } from '../../intake/importFile.ts';
import { clearState, readState, writeState } from '../../intake/journal.ts';
import { filesIn, findTwin } from '../../intake/ledger.ts';
import { mend } from '../../intake/recover.ts';
import { addCounts, type Counted } from './counts.ts';
import type { Group } from './group.ts';
import { liveImport } from './liveImport.ts';
import { groupsOf } from './unit.ts';

/** A closed run of the log, oldest first. */
export interface Segment {
  readonly name: string;
  readonly bytes: number;
  read(): AsyncIterable<Placed>;
  remove(): Promise<void>;
  setAside(): Promise<void>;
}

/** Bytes of log taken in at once, unless one segment has more. */
const UNIT_BYTES = 32 * 1024 * 1024;

/** What is being taken in: kept until it is, so that a killed drain takes the same rows again. */
interface Unit {
  readonly segments: readonly string[];
  readonly words: Words;
  /** When the last of its events can have been received. */
  readonly until: string;
}

const STATE = 'live_unit';
/** What live files are recognised as. */
const PRESET = 'live';

export interface DrainOptions {
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly words: Words;
  /** Told each row before it is taken in. */
  readonly seen?: (placed: Placed, row: LiveRow | Unreadable) => void;
}

/**
 * Takes the oldest closed segments in, as one import a source and entity; each row counts once however often this is
 * begun. Gives the number of segments that are done and gone.
 */
export async function drain(given: Context, segments: readonly Segment[], options: DrainOptions): Promise<number> {
  const unit = (await readState<Unit>(given.registry, STATE)) ?? (await begin(given, segments, options.words));
  const own = segments.filter(({ name }) => unit.segments.includes(name));
  const context: Context = { ...given, now: () => unit.until, watch: () => {} };
  try {
    if (own.length === unit.segments.length) await takeIn(context, unit, own, options);
    for (const segment of own) await segment.remove();
    await clearState(context.registry, STATE);
    return own.length;
  } catch (error) {
    await context.gate.alone(() => mend(context)).catch(() => {});
    throw error;
  }
}

/**
 * Puts what cannot be taken in beside the log, so that it keeps nothing else out, and forgets what had been begun of it;
 * what was done of it stays. Gives the names of the files to look into.
 */
export async function setAside(context: Context, segments: readonly Segment[]): Promise<readonly string[]> {
  const unit = await readState<Unit>(context.registry, STATE);
  const own = segments.filter(({ name }) => unit?.segments.includes(name));
  for (const segment of own) await segment.setAside();
  const begun = await filesIn(context.registry, ['reading']);
  for (const { import_id } of begun.filter(({ preset }) => preset === PRESET))
    await giveUpReading(context, import_id, 'These live events could not be taken in: their log was set aside.');
  await clearState(context.registry, STATE);
  return own.map(({ name }) => `${name}.aside`);
}

async function begin({ registry, now }: Context, segments: readonly Segment[], words: Words): Promise<Unit> {
  const names: string[] = [];
  let bytes = 0;
  for (const segment of segments) {
    bytes += segment.bytes;
    if (names.length > 0 && bytes > UNIT_BYTES) break;
    names.push(segment.name);
  }
  const unit = { segments: names, words, until: now() };
  await writeState(registry, STATE, unit);
  return unit;
}

async function takeIn(context: Context, unit: Unit, own: readonly Segment[], { protocols, seen }: DrainOptions) {
  const counted: Counted[] = [];
  for (const group of await groupsOf(entriesOf(own), protocols, unit.words, seen)) {
    const counts = await takeGroup(context, unit, group);
    if (!group.derived) counted.push({ source: group.source, ...counts });
  }
  await addCounts(context.registry, unit.segments.join(' '), unit.until, counted);
}

async function* entriesOf(segments: readonly Segment[]): AsyncIterable<Placed> {
  for (const segment of segments) yield* segment.read();
}

/** Note: a group that was done before a kill is not read again; what came of it stands in the ledger. */
async function takeGroup(context: Context, unit: Unit, group: Group) {
  const { source, entity, derived } = group;
  const sha256 = hashOf(JSON.stringify(['live', unit.segments, source, entity, derived]));
  const twin = await findTwin(context.registry, source, sha256);
  if (twin?.status === 'done') return twin;
  const name = `live ${unit.segments[0]}`;
  return importFile(context, {
    importId: await liveImport(context, source),
    name,
    path: '',
    place: `live ${unit.segments.join(' ')}`,
    preset: PRESET,
    mapping: group.mapping(),
    source,
    content: group.file(),
    strict: false,
    sha256,
  });
}
