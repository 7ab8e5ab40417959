import type { Analysis, Words } from '../../analyses/analysis.ts';
import { analyses } from '../../analyses/index.ts';
import { addDays } from '../../base/day.ts';
import type { Text } from '../../base/text.ts';
import type { Context } from '../../intake/context.ts';
import type { Origin, RuleSet } from '../../model/rules/ruleSet.ts';
import { analysisOf, explain } from '../asking.ts';
import { ruleSetEntries, ruleSetOf } from '../rules.ts';
import { paramsSchema, rowSchema, type Schema, schemaOf } from './typed.ts';

export type ColumnKind = 'text' | 'day' | 'count' | 'number' | 'rate' | 'money';

/** A column of an answer as any surface shows it. */
export interface ShownColumn {
  readonly id: string;
  readonly title: Text;
  readonly kind: ColumnKind;
  /** Where rows differ in kind: the column whose value tells it, and the kind by that value. */
  readonly kindBy?: { readonly column: string; readonly kinds: Readonly<Record<string, ColumnKind>> };
  /** What its values are called. */
  readonly words?: Readonly<Record<string, Text>>;
}

/** One analysis with all that a surface needs to ask it and to draw its answer. */
export interface ShelfEntry {
  readonly id: string;
  readonly title: Text;
  readonly question: Text;
  readonly origin: Origin;
  /** JSON Schema; descriptions are `English | 中文`. */
  readonly params: Record<string, unknown>;
  readonly columns: readonly ShownColumn[];
  readonly chart: Analysis['chart'];
}

/** The shelf; stages are called as every rule set of the home calls them, the adopted one before others. */
export async function shelf(context: Context): Promise<ShelfEntry[]> {
  const sets = await knownSets(context);
  return analyses.map((analysis) => entryOf(analysis, sets));
}

/** One analysis as it is read beside an answer under these rules (`name@version`). */
export async function shelfEntry(context: Context, id: string, rules: string): Promise<ShelfEntry> {
  const analysis = analysisOf(id);
  return entryOf(analysis, [...(await knownSets(context)), await ruleSetOf(context, rules)]);
}

/** One analysis with the page that defines it, and its SQL for a day that the data have. */
export async function shelfPage(
  context: Context,
  id: string,
  lastDay: string | null,
): Promise<ShelfEntry & { readonly doc: string; readonly sql: string }> {
  const analysis = analysisOf(id);
  const explained = await explain(context, id, exampleParams(analysis, lastDay ?? EXAMPLE_DAY));
  return { ...entryOf(analysis, await knownSets(context)), ...explained };
}

/** Rule sets of the home, the adopted one last. */
async function knownSets(context: Context): Promise<RuleSet[]> {
  const entries = await ruleSetEntries(context);
  const ordered = [...entries].sort((a, b) => Number(a.adopted) - Number(b.adopted) || a.version - b.version);
  return Promise.all(ordered.map(({ key }) => ruleSetOf(context, key)));
}

function entryOf(analysis: Analysis, sets: readonly RuleSet[]): ShelfEntry {
  const { id, title, question, origin, chart } = analysis;
  return {
    id,
    title,
    question,
    origin,
    params: { ...paramsSchema(analysis) },
    columns: columnsOf(analysis, sets),
    chart,
  };
}

/** Columns of an analysis in order; where two sets call a value differently, the later one is right. */
export function columnsOf(analysis: Analysis, sets: readonly RuleSet[]): ShownColumn[] {
  const { properties = {} } = rowSchema(analysis);
  return Object.entries(analysis.columns).map(([id, title]) => {
    const words = wordsOf(analysis.words?.[id], sets);
    const units = analysis.units?.[id];
    return {
      id,
      title,
      kind: kindOf(analysis, id, schemaOf(properties[id])),
      ...(units ? { kindBy: { column: units.by, kinds: units.of } } : {}),
      ...(words ? { words } : {}),
    };
  });
}

/** The kind of a column's value in a row. */
export function kindIn({ kind, kindBy }: ShownColumn, row: Readonly<Record<string, unknown>>): ColumnKind {
  return kindBy?.kinds[String(row[kindBy.column])] ?? kind;
}

function wordsOf(words: Words | undefined, sets: readonly RuleSet[]): Record<string, Text> | undefined {
  if (typeof words !== 'function') return words;
  return Object.assign({}, ...sets.map((set) => words(set)));
}

function kindOf({ rates, money }: Analysis, id: string, schema: Schema): ColumnKind {
  if (rates?.includes(id)) return 'rate';
  if (money?.includes(id)) return 'money';
  const forms = schema.anyOf?.map(schemaOf) ?? [schema];
  const form = forms.find(({ type }) => type !== 'null') ?? {};
  if (form.format === 'date') return 'day';
  if (form.type === 'integer') return 'count';
  return form.type === 'number' ? 'number' : 'text';
}

const EXAMPLE_DAY = '2025-11-11';
const EXAMPLE_NUMBER = 30;

/** Days of an example: a whole month lies in them, whatever the month. */
const EXAMPLE_DAYS = 62;

/** Values for what an analysis requires, and for the audiences it may name: ranges that end with that day, bases before them, numbers 30, words the first allowed. */
function exampleParams(analysis: Analysis, on: string): Record<string, unknown> {
  const { properties = {}, required = [] } = paramsSchema(analysis);
  return Object.fromEntries(
    [...new Set([...required, ...(analysis.audiences ?? [])])].map((name) => {
      const { format, type, enum: allowed } = schemaOf(properties[name]);
      if (format === 'date') return [name, exampleDay(name, on)];
      if (type === 'array') return [name, ['VALUE', 'OTHER']];
      return [name, type === 'integer' || type === 'number' ? EXAMPLE_NUMBER : (allowed?.[0] ?? 'VALUE')];
    }),
  );
}

function exampleDay(name: string, on: string): string {
  const end = /._(from|to)$/.test(name) ? addDays(on, -EXAMPLE_DAYS) : on;
  return name.endsWith('from') ? addDays(end, 1 - EXAMPLE_DAYS) : end;
}
