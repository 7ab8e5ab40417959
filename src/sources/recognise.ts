import { InputError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import { type Entity, entities } from '../model/entities.ts';
import { type Cell, type Mapping, type Preset, respelled } from './mapping.ts';
import { presets } from './presets/index.ts';

export { checkMapping, mappingFor, readMapping } from './mappingFile.ts';

/** What a file shows of itself. */
export interface FileShape {
  /** Base name. */
  readonly name: string;
  /** Header, or the keys of the first records of JSON Lines. */
  readonly columns: readonly string[];
}

/** What the caller says about a file, if anything. */
export interface Choice {
  /** Name of a preset, or `canonical` for the contract's own columns. */
  readonly preset?: string;
  readonly mapping?: Mapping;
}

/** How a file is to be read, and by what name the report calls that: a preset, `canonical` or `mapping`. */
export interface Recognised {
  readonly preset: string;
  readonly mapping: Mapping;
}

/**
 * Tells what a file holds: by the caller's word, else by its name and the contract's columns, else by a preset's
 * headers, else by the contract's columns alone; undefined when nothing fits, or two things fit equally.
 */
export function recognise(file: FileShape, choice: Choice = {}): Recognised | undefined {
  const header = new Header(file.columns);
  if (choice.mapping) return { preset: 'mapping', mapping: fitted(choice.mapping, header) };
  if (choice.preset === 'canonical') return named(file, header) ?? alone(header) ?? notCanonical(file);
  if (choice.preset !== undefined) return chosen(choice.preset, file, header);
  return named(file, header) ?? known(header) ?? alone(header);
}

/** A file's columns, found by their exact name, else whatever the case of latin letters. */
class Header {
  readonly columns: readonly string[];
  readonly #spelled: ReadonlyMap<string, string>;

  constructor(columns: readonly string[]) {
    this.columns = columns;
    const trimmed = columns.map((name): [string, string] => [name.trim(), name]);
    const folded = trimmed.map(([name, own]): [string, string] => [name.toLowerCase(), own]);
    this.#spelled = new Map([...folded.reverse(), ...trimmed.reverse()]);
  }

  /** The file's own spelling of a column. */
  find(name: string): string | undefined {
    return this.#spelled.get(name) ?? this.#spelled.get(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  ids(): string[] {
    return this.columns.filter((name) => /^id_[a-z0-9_]+$/i.test(name.trim()));
  }
}

const canonicalEntities = Object.values(entities).filter((entity) => entity.name !== 'other');

/** The entity whose name begins the file's name, the longest such name first, if the file has what the entity needs. */
function named({ name }: FileShape, header: Header): Recognised | undefined {
  const found = canonicalEntities
    .filter((entity) => name.toLowerCase().startsWith(entity.name) && complete(entity, header))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found && canonical(found, header);
}

/** Times that a file may show more of an entity that it lacks something of than of the one it is taken for. */
const MOST_BEYOND = 2;

/** The one entity that most of the columns belong to; none where far more of them belong to one that lacks a column. */
function alone(header: Header): Recognised | undefined {
  const scored = canonicalEntities
    .map((entity) => ({ entity, score: score(entity, header) }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scored.filter(({ entity }) => complete(entity, header));
  const most = scored[0]?.score ?? 0;
  if (!best || best.score === next?.score || most >= MOST_BEYOND * best.score) return undefined;
  return canonical(best.entity, header);
}

/** The entity that most of a file's columns belong to, and what the file lacks of it; undefined where none of them do. */
export function nearest(
  columns: readonly string[],
): { readonly entity: string; readonly missing: readonly string[] } | undefined {
  const header = new Header(columns);
  const [best] = canonicalEntities
    .filter((entity) => entity.columns.some(({ name }) => header.has(name)))
    .map((entity) => ({ entity: entity.name, score: score(entity, header), missing: missingOf(entity, header) }))
    .sort((a, b) => b.score - a.score || a.missing.length - b.missing.length);
  return best;
}

function complete(entity: Entity, header: Header): boolean {
  return missingOf(entity, header).length === 0;
}

/** Names of columns that an entity needs and a file has not. */
function missingOf({ columns, personal }: Entity, header: Header): string[] {
  const own = columns.filter(({ name, required }) => required && !header.has(name)).map(({ name }) => name);
  return personal && header.ids().length === 0 ? [...own, 'id_…'] : own;
}

function score(entity: Entity, header: Header): number {
  const own = entity.columns.filter((column) => header.has(column.name)).length;
  return own + (entity.personal ? header.ids().length : 0);
}

/** Note: columns that the file has not shown count too, for records of JSON Lines may bring them later. */
function canonical(entity: Entity, header: Header): Recognised {
  const own = entity.columns.map(({ name }): [string, Cell] => [name, header.find(name) ?? name]);
  const ids = header.ids().map((name): [string, Cell] => {
    const type = name.trim().toLowerCase();
    return [type, header.find(type) ?? name];
  });
  const columns = Object.fromEntries([...own, ...(entity.personal ? ids : [])]);
  return { preset: 'canonical', mapping: { entity: entity.name, columns } };
}

/** The preset that knows most of the headers, by name where two know as many. */
function known(header: Header): Recognised | undefined {
  const found = presets
    .filter((each) => each.asked !== true && each.headers.every((name) => header.has(name)))
    .filter((each) => each.exact !== true || each.headers.length === header.columns.length)
    .sort((a, b) => b.headers.length - a.headers.length || a.name.localeCompare(b.name))[0];
  return found && { preset: found.name, mapping: fitted(found, header) };
}

function chosen(name: string, file: FileShape, header: Header): Recognised {
  const found = presets.find((each) => each.name === name);
  if (!found) {
    const names = ['canonical', ...presets.map((each) => each.name).sort()].join(', ');
    throw new InputError('unknown_preset', `There is no preset ${name}. There are: ${names}.`);
  }
  const missing = found.headers.filter((each) => !header.has(each));
  if (missing.length > 0)
    throw new InputError(
      'preset_headers',
      say('file.preset', {
        file: file.name,
        missing: missing.join(', '),
        preset: name,
        columns: file.columns.join(', '),
      }),
    );
  return { preset: found.name, mapping: fitted(found, header) };
}

function notCanonical({ name, columns }: FileShape): never {
  throw new InputError('not_canonical', say('file.notCanonical', { file: name, columns: columns.join(', ') }));
}

/** A mapping over the file's own spelling of its columns. */
function fitted(given: Mapping | Preset, header: Header): Mapping {
  const spell = (column: string) => header.find(column) ?? column;
  const { entity, source, headless, withheld } = given;
  const columns = Object.entries(given.columns).map(([name, rule]): [string, Cell] => [name, respelled(rule, spell)]);
  return {
    entity,
    ...(source === undefined ? {} : { source }),
    ...(headless === undefined ? {} : { headless }),
    ...(withheld ? { withheld: withheld.map(spell) } : {}),
    columns: Object.fromEntries(columns),
  };
}
