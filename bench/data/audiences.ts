import { audiences, createAudience, showAudience } from '../../src/app/audiences/audiences.ts';
import type { Context } from '../../src/intake/context.ts';
import { worldDay } from './world.ts';

type Rule = Readonly<Record<string, unknown>>;

/** A quarter of the world's categories. */
export const categories = Array.from({ length: 500 }, (_, i) => String(1 + i * 4));

/** Carted twice in 90 days and did not buy in 30, city tier 1–2, stage I or P, looked at an item of some categories in 30 days. */
export const fiveConditions: Rule = {
  all: [
    { did: { behavior: ['cart'], window: { days: 90 }, count: { min: 2 } } },
    { not: { bought: { window: { days: 30 } } } },
    { tag: { name: 'city_tier', in: [1, 2] } },
    { stage: { in: ['I', 'P'] } },
    { did: { behavior: ['item_view'], window: { days: 30 }, where: { category_id: categories } } },
  ],
};

/** A saved audience of one condition: these behaviours in the days that end with the world's last. */
export interface Saved {
  readonly name: string;
  readonly behavior: string;
  readonly days: number;
}

const behaviors = [
  'item_view',
  'impression',
  'cart',
  'favorite',
  'search',
  'click',
  'page_view',
  'content_view',
  'shop_visit',
  'pay',
];

/** Twenty audiences, from a hundredth of the consumers to most of them. */
export const saved: readonly Saved[] = [365, 60].flatMap((days, i) =>
  behaviors.map((behavior, j) => ({ name: `bench-${i * behaviors.length + j + 1}`, behavior, days })),
);

/** Of twenty audiences: in one of the first ten, in one of the next five, not in both of the next two, in none of the last three. */
export const algebra: Rule = {
  all: [
    { any: named(0, 10) },
    { any: named(10, 15) },
    { not: { all: named(15, 17) } },
    { not: { any: named(17, 20) } },
  ],
};

function named(from: number, to: number): Rule[] {
  return saved.slice(from, to).map(({ name }) => ({ audience: name }));
}

/** Saves the twenty, as of the world's last day, those that are not yet. */
export async function saveAudiences(context: Context): Promise<void> {
  for (const { name, behavior, days } of saved)
    await saveOnce(context, name, { did: { behavior: [behavior], window: { days } } }, worldDay);
}

/** Saves an audience under a name that is not taken, and finds its members. */
export async function saveOnce(context: Context, name: string, rule: Rule, on?: string): Promise<void> {
  const known = (await audiences(context)).find((each) => each.name === name);
  if (known) await showAudience(context, known.id);
  else await createAudience(context, { name, rule, ...(on === undefined ? {} : { on }) }, 'bench');
}
