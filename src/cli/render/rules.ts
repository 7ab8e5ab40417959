import type { Locale } from '../../base/text.ts';
import { type Condition, type RuleSet, rulesKey } from '../../model/rules/ruleSet.ts';
import type { Session } from '../session.ts';
import type { Texts } from '../text/text.ts';

/** One difference between two rule sets: something there only on one side, or with other windows. */
export interface RuleChange {
  readonly place: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly from: string;
  readonly to: string;
}

/** One statement of a rule set: what it is about, and the values it sets for it. */
interface Statement {
  readonly about: string;
  readonly values: string;
}

function conditionOf(each: Condition, text: Texts): Statement {
  const { rules } = text;
  const window = (days: number, onDays: number) =>
    [rules.window(days), ...(onDays > 1 ? [rules.onDays(onDays)] : [])].join(', ');
  if ('did' in each) return { about: rules.did(each.did.join(', ')), values: window(each.days, each.on_days) };
  if ('paid' in each) return { about: rules.paid, values: window(each.paid.days, each.paid.on_days) };
  if ('reviewed' in each) {
    const { min_rating, days, paid_days } = each.reviewed;
    return {
      about: rules.reviewed,
      values: [rules.rating(min_rating), rules.window(days), rules.besidePaid(paid_days)].join(', '),
    };
  }
  return { about: 'member' in each ? rules.member : rules.fan, values: '' };
}

/** A rule set as statements by place, each place in the order it is read. */
function statementsOf(set: RuleSet, text: Texts, locale: Locale): Map<string, Statement[]> {
  const { rules } = text;
  const items = (names: readonly string[]): Statement[] => names.map((name) => ({ about: name, values: '' }));
  return new Map<string, Statement[]>([
    [rules.order, [{ about: '', values: set.stages.map(({ code }) => code).join(' < ') }]],
    ...set.stages.map(({ code, title, when }): [string, Statement[]] => [
      rules.stage(code),
      [{ about: '', values: title[locale] }, ...when.map((each) => conditionOf(each, text))],
    ]),
    ...Object.entries(set.groups).map(([name, names]): [string, Statement[]] => [rules.group(name), items(names)]),
    [rules.fanOn, items(set.fan.on)],
    [rules.fanOff, items(set.fan.off)],
    [
      rules.activeMember,
      [{ about: rules.orPaid, values: rules.window(set.active_member.days) }, ...items(set.active_member.did)],
    ],
    [rules.rfm, [{ about: '', values: rules.window(set.rfm.days) }]],
  ]);
}

const worded = ({ about, values }: Statement) => [about, values].filter(Boolean).join(': ');

function changesAt(place: string, left: readonly Statement[], right: readonly Statement[]): RuleChange[] {
  const rest = [...right];
  const gone = left.flatMap((was): RuleChange[] => {
    const same = rest.findIndex(({ about, values }) => about === was.about && values === was.values);
    if (same >= 0) {
      rest.splice(same, 1);
      return [];
    }
    return [{ place, change: 'removed', from: worded(was), to: '' }];
  });
  const come = rest.map((is): RuleChange => ({ place, change: 'added', from: '', to: worded(is) }));
  return joined(gone, come, left, rest);
}

/** A statement about the same thing that went and came is one change. */
function joined(
  gone: readonly RuleChange[],
  come: readonly RuleChange[],
  left: readonly Statement[],
  right: readonly Statement[],
): RuleChange[] {
  const taken = new Set<number>();
  const changes = gone.map((change): RuleChange => {
    const was = left.find((each) => worded(each) === change.from);
    const at = right.findIndex((is, i) => is.about === was?.about && !taken.has(i));
    const now = come[at];
    if (!now) return change;
    taken.add(at);
    return { ...change, change: 'changed', to: now.to };
  });
  return [...changes, ...come.filter((_, i) => !taken.has(i))];
}

/** What the second rule set says otherwise than the first. */
export function diffRules(left: RuleSet, right: RuleSet, text: Texts, locale: Locale): RuleChange[] {
  const [one, other] = [statementsOf(left, text, locale), statementsOf(right, text, locale)];
  const places = [...new Set([...one.keys(), ...other.keys()])];
  return places.flatMap((place) => changesAt(place, one.get(place) ?? [], other.get(place) ?? []));
}

/** The differences as lines under their places: `-` gone, `+` come, `~` with other values. */
export function diffText(left: RuleSet, right: RuleSet, changes: readonly RuleChange[], session: Session): string {
  const { paint, text } = session;
  const [one, other] = [rulesKey(left), rulesKey(right)];
  if (changes.length === 0) return `${text.rules.same(one, other)}\n`;
  const line = ({ change, from, to }: RuleChange) => {
    if (change === 'added') return paint.gain(`  + ${to}`);
    if (change === 'removed') return paint.loss(`  - ${from}`);
    return `  ~ ${from} → ${to}`;
  };
  const places = [...new Set(changes.map(({ place }) => place))];
  const blocks = places.map((place) => {
    const lines = changes.filter((change) => change.place === place).map(line);
    return `${paint.strong(place)}\n${lines.join('\n')}\n`;
  });
  return `- ${one}\n+ ${other}\n\n${blocks.join('')}`;
}

/** A rule set in words. */
export function rulesText(set: RuleSet, session: Session): string {
  const { paint, text, locale } = session;
  const head = [
    paint.strong(`${rulesKey(set)} · ${set.title[locale]}`),
    text.explain.origin(text.origin[set.origin]),
    text.rules.source(set.source),
  ];
  const blocks = [...statementsOf(set, text, locale)].map(([place, statements]) => {
    const isList = statements.every(({ values }) => values === '');
    const lines = isList ? [statements.map(({ about }) => about).join(', ')] : statements.map(worded);
    return `${paint.strong(place)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  });
  return `${head.join('\n')}\n\n${blocks.join('')}`;
}
