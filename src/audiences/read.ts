import { InputError } from '../base/errors.ts';
import { issueText } from '../base/faults/issue.ts';
import { joined, say } from '../base/faults/say.ts';
import type { Text } from '../base/text.ts';
import * as known from './kinds.ts';
import type { Kind, Rule } from './rule.ts';

/** A rule deeper or longer than this is no rule that a person wrote. */
const DEEPEST = 30;
const MOST_CONDITIONS = 300;

const kinds: ReadonlyMap<string, Kind> = new Map(Object.values<Kind>(known).map((kind) => [kind.name, kind]));
const kindNames = [...kinds.keys()].toSorted().join(', ');

type Place = readonly PropertyKey[];

/** A rule as it was written, read and checked; every fault is told with its place in the rule, or in what holds it at `place`. */
export function readRule(given: unknown, place: Place = []): Rule {
  const faults: Text[] = [];
  const reader = { faults, conditions: 0 };
  const rule = ruleAt(given, place, reader);
  if (rule && faults.length === 0) return rule;
  throw new InputError('audience_rule', say('audience.faults', { faults: joined(faults, { zh: '\n  ', en: '\n  ' }) }));
}

interface Reader {
  readonly faults: Text[];
  conditions: number;
}

function ruleAt(given: unknown, place: Place, reader: Reader): Rule | undefined {
  reader.conditions += 1;
  if (place.length > 2 * DEEPEST || reader.conditions > MOST_CONDITIONS) {
    if (reader.conditions <= MOST_CONDITIONS + 1)
      fault(reader, place, say('audience.size', { deep: DEEPEST, most: MOST_CONDITIONS }));
    reader.conditions = MOST_CONDITIONS + 2;
    return undefined;
  }
  const kind = kindAt(given, place, reader);
  if (!kind) return undefined;
  const [found, inner] = kind;
  const at = [...place, found.name];
  const read = found.schema.safeParse(inner);
  if (!read.success) {
    for (const issue of read.error.issues) fault(reader, [...at, ...issue.path], inBoth(issueText(issue)));
    fault(reader, at, say('audience.example', { example: found.example }));
    return undefined;
  }
  const parts = (found.parts?.(read.data) ?? []).map((part) => ruleAt(part.rule, [...at, ...part.place], reader));
  return { kind: found, body: read.data, parts: parts.flatMap((part) => (part ? [part] : [])) };
}

/** The kind that a rule's one key names, and what stands behind it. */
function kindAt(given: unknown, place: Place, reader: Reader): [Kind, unknown] | undefined {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  const entries = isObject ? Object.entries(given) : [];
  const [entry, ...more] = entries;
  const kind = entry && kinds.get(entry[0]);
  if (kind && more.length === 0) return [kind, entry[1]];
  const what = entry && more.length === 0 ? entry[0] : '';
  const told =
    what === '' ? say('audience.form', { known: kindNames }) : say('audience.kind', { kind: what, known: kindNames });
  fault(reader, place, told);
  return undefined;
}

function fault(reader: Reader, place: Place, what: Text): void {
  const at = place.map(String).join('.');
  reader.faults.push(at === '' ? what : { zh: `${at}：${what.zh}`, en: `${at}: ${what.en}` });
}

/** A fault that says itself in both languages, `English | 中文`. */
function inBoth({ zh, en }: Text): Text {
  const [english = en, chinese] = en.split(' | ');
  return { zh: chinese ?? zh, en: english };
}

/** Saved audiences that a rule names itself. */
export function namedIn(rule: Rule): string[] {
  const own = rule.kind.name === 'audience' ? [String(rule.body)] : [];
  return [...new Set([...own, ...rule.parts.flatMap(namedIn)])];
}
