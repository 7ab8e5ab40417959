import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { issueText } from '../base/faults/issue.ts';
import { joined, say } from '../base/faults/say.ts';
import type { Text } from '../base/text.ts';
import { entities, entityNames } from '../model/entities.ts';
import { type Cell, cellKeys, type Mapping, mapping, mappingKeys } from './mapping.ts';

const content = z.union([mapping, z.array(mapping).min(1)]);

/** Mappings of a YAML file: one, or a list of them, each for one kind of file. */
export function readMapping(path: string): Mapping[] {
  return mappingsOf(written(path), say('mapping.file', { path }));
}

/** A mapping that came as an object; what is wrong with it is told with its place. */
export function checkMapping(given: unknown): Mapping {
  const [only] = mappingsOf([given], say('mapping.given'));
  if (!only) throw new InputError('mapping', say('mapping.none', { what: emptyFile }));
  return only;
}

function mappingsOf(given: unknown, called: Text): Mapping[] {
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

const emptyFile = say('mapping.empty');
const newLine: Text = { zh: '\n  ', en: '\n  ' };

function faulty(called: Text, faults: readonly Text[]): InputError {
  return new InputError('mapping', say('mapping.faults', { called, faults: joined(faults, newLine) }));
}

function written(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw faulty(say('mapping.file', { path }), [say('mapping.yaml', { why: error.message.trim() })]);
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

function shapeFaults(given: unknown, at: string): Text[] {
  if (typeof given !== 'object' || given === null) return [emptyFile];
  const result = mapping.safeParse(given);
  return result.success ? [] : result.error.issues.flatMap((issue) => issueTexts(issue, at, []));
}

/** A fault where it stands: the key, and what may stand there. */
function issueTexts(issue: z.core.$ZodIssue, at: string, above: readonly PropertyKey[]): Text[] {
  const path = [...above, ...issue.path];
  const key = `${at}${path.join('.')}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((each) =>
      say('mapping.key', { key: `${key === at ? at : `${key}.`}${each}`, allowed: allowedAt(path) }),
    );
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.filter((each) =>
      each.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
    );
    const [deepest] = nested;
    if (deepest) return deepest.flatMap((inner) => issueTexts(inner, at, path));
    return [say('mapping.rule', { key, allowed: cellKeys.join(', ') })];
  }
  if (issue.path[0] === 'entity' && above.length === 0)
    return [say('mapping.one', { key, allowed: entityNames.join(', ') })];
  return [say('mapping.issue', { key, what: issueText(issue) })];
}

function allowedAt(path: readonly PropertyKey[]): string {
  if (path.length === 0) return mappingKeys.join(', ');
  if (path[0] === 'columns' && path.length === 2) return cellKeys.join(', ');
  return path.at(-1) === 'when' ? 'column, starts, not_starts, in, above, empty' : 'columns, by';
}

const sources = ['column', 'constant', 'join', 'multiply'] as const;

/** What the shape cannot show: columns the entity does not have or needs, and rules without a text. */
function meaningFaults(given: Mapping, at: string): Text[] {
  const entity = entities[given.entity];
  const names = new Set(entity.columns.map((column) => column.name));
  const faults = Object.entries(given.columns).flatMap(([name, rule]) => {
    const key = `${at}columns.${name}`;
    if (name.startsWith('id_')) return idFaults(name, key, entity.personal).concat(ruleFaults(rule, key));
    if (names.has(name)) return ruleFaults(rule, key);
    const ids = entity.personal ? ', id_<type>' : '';
    return [say('mapping.column', { key, entity: entity.name, allowed: `${[...names].join(', ')}${ids}` })];
  });
  const missing = entity.columns
    .filter(({ name, required, kind }) => required && !(name in given.columns) && !(given.headless && kind === 'time'))
    .map(({ name }) => say('mapping.missing', { key: `${at}columns.${name}`, entity: entity.name }));
  const ids = Object.keys(given.columns).some((name) => name.startsWith('id_'));
  const nobody = entity.personal && !given.headless && !ids;
  const unnamed = nobody ? [say('mapping.nobody', { key: `${at}columns`, entity: entity.name })] : [];
  return [...faults, ...missing, ...unnamed];
}

function idFaults(name: string, key: string, personal: boolean): Text[] {
  if (!personal) return [say('mapping.impersonal', { key })];
  return /^id_[a-z0-9_]+$/.test(name) ? [] : [say('mapping.id', { key })];
}

function ruleFaults(rule: Cell, key: string): Text[] {
  if (typeof rule === 'string') return [];
  const given = sources.filter((each) => rule[each] !== undefined);
  return given.length === 1 ? [] : [say('mapping.sources', { key, allowed: sources.join(', ') })];
}
