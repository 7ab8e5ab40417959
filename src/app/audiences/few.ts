import type { Asked } from '../../audiences/asking.ts';
import { looksAtOthers, membersOf } from '../../audiences/compile.ts';
import type { Members } from '../../audiences/members.ts';
import { looksAtStages, type Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { type Few, named, type Some, theseNumbers } from '../../lifecycle/some.ts';
import { factsThere } from '../../model/factsThere.ts';
import { leavingOut } from '../../warehouse/ifAny.ts';
import { type Question, withLives } from './lives.ts';
import { isCheap } from './narrowed.ts';

/** Whether these are few, and each qualifies by its own facts, so that they may be asked step by step. */
export function areFew(these: Some | undefined, { rule, asked }: Question): these is Few {
  return these?.numbers !== undefined && !looksAtOthers(rule, asked);
}

/** Consumers up to which the last two steps are asked at once, both of all who are left: planning them takes longest. */
const AT_ONCE = 200;
/** More at once than this only wait for one another. */
const STEPS_AT_ONCE = 2;

/**
 * Who of few consumers a rule takes. Note: of few, a question takes as long as its planning, and that longer the more
 * stands in one statement, and the less the fewer kinds of facts it looks for; so an `all` is asked in several.
 */
export async function membersOfFew(context: Context, question: Question, few: Few): Promise<Members> {
  let left: Left = { few };
  let steps = stepsOf(question);
  let { asked } = question;
  while (steps.length > 0 && left.few.numbers.length > 0) {
    const areLast = steps.length <= STEPS_AT_ONCE && left.few.numbers.length <= AT_ONCE;
    const now = areLast ? steps : steps.slice(0, 1);
    steps = steps.slice(now.length);
    left = await afterStep(context, asked, left, { now, isLast: steps.length === 0 });
    // whoever an answer names is one of the people there are
    asked = { ...asked, sure: theseNumbers(left.few.numbers) };
  }
  return { consumers: theseNumbers(left.few.numbers) };
}

/** Who is left of few, and the kinds of facts that they have where that was looked up: they are asked for no others. */
interface Left {
  readonly few: Few;
  readonly there?: ReadonlySet<string>;
}

/** Rules that are asked now, and whether none is left for later. */
interface Step {
  readonly now: readonly Rule[];
  readonly isLast: boolean;
}

/** Who is left after a step. Kinds of facts are looked up for rules asked at once, beside the rule before them where there is one. */
async function afterStep(context: Context, asked: Asked, left: Left, { now, isLast }: Step): Promise<Left> {
  const lookUp = async () => left.there ?? (await factsThere(context.warehouse, left.few.test));
  if (now.length > 1) return { few: await whoMeets(context, asked, { ...left, there: await lookUp() }, now) };
  if (isLast || left.few.numbers.length > AT_ONCE) return { few: await whoMeets(context, asked, left, now) };
  const [few, there] = await Promise.all([whoMeets(context, asked, left, now), lookUp()]);
  return { few, there };
}

/** Who of few meets all of some rules, each asked by itself. */
async function whoMeets(context: Context, asked: Asked, { few, there }: Left, rules: readonly Rule[]): Promise<Few> {
  const of = { ...asked, only: few.test, isFew: true } as const;
  const found = await Promise.all(
    rules.map(async (rule) => {
      const { consumers } = membersOf(rule, await withLives(context, { rule, asked: of, few }));
      const rows = await context.warehouse.rows<{ consumer: number }>(there ? leavingOut(consumers, there) : consumers);
      return new Set(rows.map(({ consumer }) => consumer));
    }),
  );
  return named(few.numbers.filter((number) => found.every((each) => each.has(number))));
}

/** The parts of an `all` in steps: of those that one table tells, by few columns and by more; the rest; stages, which take most. */
function stepsOf({ rule, asked }: Question): Rule[] {
  if (rule.kind.name !== 'all' || rule.parts.length === 0) return [rule];
  return [0, 1, 2, 3].flatMap((step) => {
    const parts = rule.parts.filter((part) => stepIn(part, asked) === step);
    return parts.length === 0 ? [] : [{ ...rule, parts }];
  });
}

function stepIn(part: Rule, asked: Asked): number {
  if (looksAtStages(part)) return 3;
  if (!isCheap(part, asked)) return 2;
  return part.kind.name === 'did' && 'where' in (part.body as object) ? 1 : 0; // as: the body of `did`
}
