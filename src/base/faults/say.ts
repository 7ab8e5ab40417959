import type { Text } from '../text.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** Stable name of a fault's words. */
export type FaultKey = keyof typeof en;

/** What stands at a place of a sentence; words that differ by language come as a text. */
export type FaultValue = string | number | Text;

type Named<Words> = Words extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Values<Key extends FaultKey> = Readonly<Record<Named<(typeof en)[Key]>, FaultValue>>;

/** Fault `key` about these values, in every language; a key without places takes no values. */
export function say<Key extends FaultKey>(
  key: Key,
  ...[values]: [Named<(typeof en)[Key]>] extends [never] ? [] : [values: Values<Key>]
): Text {
  return filled(key, (values ?? {}) as Readonly<Record<string, FaultValue>>); // as: checked by the signature
}

function filled(key: FaultKey, values: Readonly<Record<string, FaultValue>>): Text {
  const fill = (words: string, locale: keyof Text) =>
    words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'object' ? value[locale] : String(value);
    });
  return { zh: fill(zh[key], 'zh'), en: fill(en[key], 'en') };
}

/** Several texts as one, with `between` them in each language. */
export function joined(texts: readonly Text[], between: Text): Text {
  return {
    zh: texts.map((each) => each.zh).join(between.zh),
    en: texts.map((each) => each.en).join(between.en),
  };
}

/** Between faults that stand in one sentence. */
export const semicolon: Text = { zh: '；', en: '; ' };

/** Sentences that are kept or thrown in English alone; each before those whose words it has within. */
const kept: readonly FaultKey[] = [
  'delivery.again',
  'delivery.redirect',
  'delivery.done',
  'delivery.status',
  'delivery.not',
  'outbound.refused',
  'outbound.unreachable',
  'outbound.scheme',
  'outbound.port',
  'outbound.plain',
  'outbound.closed',
  'outbound.closedName',
  'outbound.url',
  'outbound.password',
  'outbound.noAddress',
  'outbound.notFound',
  'outbound.silent',
  'mapping.faults',
  'mapping.given',
  'mapping.none',
  'mapping.empty',
  'mapping.key',
  'mapping.rule',
  'mapping.one',
  'mapping.column',
  'mapping.missing',
  'mapping.nobody',
  'mapping.impersonal',
  'mapping.id',
  'mapping.sources',
  'file.preset',
  'file.notCanonical',
  'file.missing',
  'mapping.zone',
  'mapping.cell',
  'mapping.unknown',
  'rules.twice',
  'rules.windows',
  'account.attempts',
  'account.name',
  'audience.none',
  'push.small',
  'push.stopped',
  'push.away',
  'lookalike.seed',
  'lookalike.static',
];

const patterns = kept.map((key) => {
  const names: string[] = [];
  const source = en[key].replace(/\{(\w+)\}|[.*+?^${}()|[\]\\]/g, (found, name?: string) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return '([\\s\\S]+?)';
  });
  return { key, names, pattern: new RegExp(`^${source}$`) };
});

/** An English sentence of the table in every language again, with its values; undefined for one of other words. */
export function readBack(sentence: string): Text | undefined {
  for (const { key, names, pattern } of patterns) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const values = names.map((name, i): [string, FaultValue] => [name, linesBack(found[i + 1] ?? '')]);
    return filled(key, Object.fromEntries(values));
  }
  return undefined;
}

const newLine: Text = { zh: '\n  ', en: '\n  ' };

function linesBack(value: string): Text {
  const lines = value.split('\n  ').map((line) => readBack(line) ?? { zh: line, en: line });
  return joined(lines, newLine);
}
