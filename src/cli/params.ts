import { type Command, Option } from 'commander';
import type { Analysis } from '../analyses/analysis.ts';
import { paramsSchema, type Schema, schemaOf, typedValue } from '../app/answers/typed.ts';
import { InputError } from '../base/errors.ts';
import type { Session } from './session.ts';
import { described, type Texts } from './text/text.ts';

/** A parameter of an analysis as a flag of the command line. */
export interface Flag {
  /** Its name in the analysis and after `--`. */
  readonly name: string;
  readonly meaning: string;
  /** What a value looks like. */
  readonly form: string;
  readonly isRequired: boolean;
  readonly fallback: string | undefined;
  readonly schema: Schema;
}

function formOf(schema: Schema, text: Texts): string {
  const { params } = text;
  if (schema.enum) return params.oneOf(schema.enum.join(' '));
  if (schema.type === 'array') return `${formOf(schemaOf(schema.items), text)}; ${params.list}`;
  if (schema.type === 'string') return schema.format === 'date' ? params.day : params.text;
  if (schema.type === 'integer') return `${params.whole}${rangeOf(schema)}`;
  if (schema.type === 'number') return `${params.number}${rangeOf(schema)}`;
  return schema.type === 'boolean' ? params.yesNo : params.json;
}

function rangeOf({ minimum, maximum }: Schema): string {
  const isReal = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (!isReal(minimum) && !isReal(maximum)) return '';
  return ` ${isReal(minimum) ? minimum : ''}..${isReal(maximum) ? maximum : ''}`;
}

/** The flags of an analysis, made from the schema of its parameters. */
export function flagsOf(analysis: Analysis, session: Session): Flag[] {
  const { properties = {}, required = [] } = paramsSchema(analysis);
  return Object.entries(properties).map(([name, property]) => {
    const schema = schemaOf(property);
    return {
      name,
      schema,
      meaning: described(schema.description, session.locale),
      form: formOf(schema, session.text),
      isRequired: required.includes(name),
      fallback: schema.default === undefined ? undefined : [schema.default].flat().join(','),
    };
  });
}

/** Parameters as they are written on the command line. */
export function wordsOf(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ');
}

const keyOf = (name: string) => `param:${name}`;

/** Adds the flags to a command; a name with `_` may be written with `-` as well. */
export function addFlags(command: Command, flags: readonly Flag[], session: Session): void {
  const { params } = session.text;
  for (const { name, meaning, form, isRequired, fallback } of flags) {
    const need = isRequired ? params.required : fallback === undefined ? params.optional : params.default(fallback);
    const add = (spelling: string) => {
      const option = new Option(`--${spelling} <value>`, `${meaning} (${form}; ${need})`);
      option.attributeName = () => keyOf(name);
      option.argParser((given: string, before: unknown) => {
        if (before !== undefined) throw new InputError('params', params.twice(`--${spelling}`));
        return given;
      });
      command.addOption(spelling === name ? option : option.hideHelp());
    };
    add(name);
    if (name.includes('_')) add(name.replaceAll('_', '-'));
  }
  command.allowUnknownOption().allowExcessArguments();
}

/** Parameters that were given, checked by the analysis's own schema, faults told by flag. */
export function paramsOf(
  command: Command,
  analysis: Analysis,
  session: Session,
): { readonly params: Record<string, unknown>; readonly missing: readonly Flag[] } {
  const { params: text } = session.text;
  const flags = flagsOf(analysis, session);
  const [unknown] = command.args;
  if (unknown !== undefined)
    throw new InputError('params', text.unknown(unknown, analysis.id, flags.map(({ name }) => `--${name}`).join(', ')));
  const options = command.opts<Record<string, string>>();
  const given = flags.flatMap(({ name, schema }) => {
    const value = options[keyOf(name)];
    return value === undefined ? [] : [[name, typedValue(value, schema)] as const];
  });
  const params = Object.fromEntries(given);
  return { params, missing: faultsOf(analysis, flags, params, options, session) };
}

function faultsOf(
  analysis: Analysis,
  flags: readonly Flag[],
  params: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, string>>,
  session: Session,
): Flag[] {
  const { params: text } = session.text;
  const result = analysis.params.safeParse(params);
  if (result.success) return [];
  const missing = flags.filter(({ name, isRequired }) => isRequired && params[name] === undefined);
  const isMissing = (name: unknown) => missing.some((flag) => flag.name === name);
  const faults = new Map<unknown, string>();
  for (const { path, code, message } of result.error.issues) {
    const flag = flags.find(({ name }) => name === path[0]);
    if (faults.has(path[0]) || isMissing(path[0])) continue;
    // Note: a rule between parameters speaks for itself, in both languages.
    const said = described(message.replaceAll('`', ''), session.locale);
    const isOwn = code === 'custom' || !flag;
    const told = isOwn ? said : text.bad(`--${flag.name}`, JSON.stringify(options[keyOf(flag.name)]), flag.form);
    faults.set(path[0], isOwn && flag ? `--${flag.name}: ${told}` : told);
  }
  if (faults.size > 0) throw new InputError('params', [...faults.values()].join('\n'));
  return missing;
}

/** As `paramsOf`, with every required parameter there. */
export function fullParamsOf(command: Command, analysis: Analysis, session: Session): Record<string, unknown> {
  const { params, missing } = paramsOf(command, analysis, session);
  if (missing.length === 0) return params;
  const faults = missing.map(({ name, meaning, form }) => session.text.params.missing(`--${name}`, meaning, form));
  throw new InputError('params', faults.join('\n'));
}
