import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { entities, entityNames } from '../model/entities.ts';
import { type Cell, cellKeys, type Mapping, mapping, mappingKeys } from './mapping.ts';

const content = z.union([mapping, z.array(mapping).min(1)]);

/** Mappings of a YAML file: one, or a list of them, each for one kind of file. */
export function readMapping(path: string): Mapping[] {
  return mappingsOf(written(path), `The mapping file ${path}`);
}

/** A mapping that came as an object; what is wrong with it is told with its place. */
export function checkMapping(given: unknown): Mapping {
  const [only] = mappingsOf([given], 'The mapping');
  if (!only) throw new InputError('mapping', `The mapping is empty: ${emptyFile}.`);
  return only;
}

function mappingsOf(given: unknown, called: string): Mapping[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (!content.safeParse(list).success || list.length === 0) {
    const faults = list.flatMap((each, i) => shapeFaults(each, list.length > 1 ? `[${i + 1}].` : ''));
    throw faulty(called, faults.length > 0 ? faults : [emptyFile]);
  }
  const mappings = list.map((each) => mapping.parse(each));
  const faults = mappings.flatMap((each, i) => meaningFaults(each, mappings.length > 1 ? `[${i + 1}].` : ''));
  if (faults.length > 0) throw faulty(called, faults);
  return mappings;
}

/** Of several mappings the one for a file: all its `headers` are there, the most of them; else the first without any. */
export function mappingFor(mappings: readonly Mapping[], columns: readonly string[]): Mapping | undefined {
  const present = new Set(columns.flatMap((name) => [name.trim(), name.trim().toLowerCase()]));
  const size = (each: Mapping) => each.headers?.length ?? 0;
  return [...mappings]
    .filter((each) => (each.headers ?? []).every((name) => present.has(name) || present.has(name.toLowerCase())))
    .sort((a, b) => size(b) - size(a))[0];
}

const emptyFile = 'it must hold entity and columns, or a list of such mappings';

function faulty(called: string, faults: readonly string[]): InputError {
  return new InputError('mapping', `${called} has faults. Correct them:\n  ${faults.join('\n  ')}`);
}

function written(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw faulty(`The mapping file ${path}`, [`it is not YAML: ${error.message.trim()}`]);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new InputError(
      'mapping',
      `The mapping file ${path} cannot be read (${code}). Check the path and its rights.`,
      {
        cause: error,
      },
    );
  }
}

function shapeFaults(given: unknown, at: string): string[] {
  if (typeof given !== 'object' || given === null) return [emptyFile];
  const result = mapping.safeParse(given);
  return result.success ? [] : result.error.issues.flatMap((issue) => issueTexts(issue, at, []));
}

/** A fault where it stands: the key, and what may stand there. */
function issueTexts(issue: z.core.$ZodIssue, at: string, above: readonly PropertyKey[]): string[] {
  const path = [...above, ...issue.path];
  const key = `${at}${path.join('.')}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((each) => `${key === at ? at : `${key}.`}${each} is not a key; allowed: ${allowedAt(path)}`);
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.filter((each) =>
      each.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
    );
    const [deepest] = nested;
    if (deepest) return deepest.flatMap((inner) => issueTexts(inner, at, path));
    return [`${key} must be a source column's name or a rule with ${cellKeys.join(', ')}`];
  }
  if (issue.path[0] === 'entity' && above.length === 0) return [`${key} must be one of ${entityNames.join(', ')}`];
  return [`${key}: ${issue.message}`];
}

function allowedAt(path: readonly PropertyKey[]): string {
  if (path.length === 0) return mappingKeys.join(', ');
  if (path[0] === 'columns' && path.length === 2) return cellKeys.join(', ');
  return path.at(-1) === 'when' ? 'column, starts, not_starts, in, above, empty' : 'columns, by';
}

const sources = ['column', 'constant', 'join', 'multiply'] as const;

/** What the shape cannot show: columns the entity does not have or needs, and rules without a text. */
function meaningFaults(given: Mapping, at: string): string[] {
  const entity = entities[given.entity];
  const names = new Set(entity.columns.map((column) => column.name));
  const faults = Object.entries(given.columns).flatMap(([name, rule]) => {
    const key = `${at}columns.${name}`;
    if (name.startsWith('id_')) return idFaults(name, key, entity.personal).concat(ruleFaults(rule, key));
    if (names.has(name)) return ruleFaults(rule, key);
    const ids = entity.personal ? ', id_<type>' : '';
    return [`${key} is not a column of ${entity.name}; allowed: ${[...names].join(', ')}${ids}`];
  });
  const missing = entity.columns
    .filter(({ name, required, kind }) => required && !(name in given.columns) && !(given.headless && kind === 'time'))
    .map(({ name }) => `${at}columns.${name} is missing; ${entity.name} needs it`);
  const ids = Object.keys(given.columns).some((name) => name.startsWith('id_'));
  const nobody = entity.personal && !given.headless && !ids;
  return [...faults, ...missing, ...(nobody ? [`${at}columns has no id_<type>; ${entity.name} needs one`] : [])];
}

function idFaults(name: string, key: string, personal: boolean): string[] {
  if (!personal) return [`${key} names a person; rows of this entity are about nobody`];
  return /^id_[a-z0-9_]+$/.test(name) ? [] : [`${key} must be id_ and lower-case letters, digits and _`];
}

function ruleFaults(rule: Cell, key: string): string[] {
  if (typeof rule === 'string') return [];
  const given = sources.filter((each) => rule[each] !== undefined);
  return given.length === 1 ? [] : [`${key} must have exactly one of ${sources.join(', ')}`];
}
