import type { Text } from '../base/text.ts';

/** A rule to begin with, by the scene of the lifecycle that it is for. */
export interface Template {
  readonly id: string;
  /** 圈层, 潜客, 新客 or 忠诚: domain.md §11. */
  readonly scene: Text;
  readonly title: Text;
  readonly rule: Readonly<Record<string, unknown>>;
}

const scenes = {
  crowd: { zh: '圈层', en: 'Crowds' },
  prospect: { zh: '潜客', en: 'Prospects' },
  fresh: { zh: '新客', en: 'New customers' },
  loyal: { zh: '忠诚', en: 'Loyal customers' },
} as const satisfies Record<string, Text>;

const days = (count: number) => ({ window: { days: count } });
const bought = (count?: number) => ({ bought: count === undefined ? {} : days(count) });

/** Rules that operators begin with; windows and counts are ours, to be changed. */
export const templates: readonly Template[] = [
  {
    id: 'city-women',
    scene: scenes.crowd,
    title: { zh: '一二线城市女性', en: 'Women of first and second tier cities' },
    rule: { all: [{ tag: { name: 'gender', in: ['f'] } }, { tag: { name: 'city_tier', in: [1, 2] } }] },
  },
  {
    id: 'aware-not-interested',
    scene: scenes.crowd,
    title: { zh: '认知但未产生兴趣', en: 'Aware, not yet interested' },
    rule: { stage: { in: ['A'] } },
  },
  {
    id: 'carted-not-bought',
    scene: scenes.prospect,
    title: { zh: '加购未购买', en: 'Carted, not bought' },
    rule: {
      all: [{ did: { behavior: ['cart'], ...days(30), count: { min: 2 } } }, { not: bought(30) }],
    },
  },
  {
    id: 'viewed-often',
    scene: scenes.prospect,
    title: { zh: '反复浏览未加购', en: 'Viewed again and again, never carted' },
    rule: {
      all: [
        { did: { behavior: ['item_view'], ...days(14), days: { min: 3 } } },
        { not: { did: { behavior: ['cart', 'favorite'], ...days(30) } } },
      ],
    },
  },
  {
    id: 'followed-not-bought',
    scene: scenes.prospect,
    title: { zh: '关注或入会未首购', en: 'Fans and members who never bought' },
    rule: { all: [{ any: [{ did: { behavior: ['follow', 'favorite_shop'] } }, { member: {} }] }, { not: bought() }] },
  },
  {
    id: 'first-order',
    scene: scenes.fresh,
    title: { zh: '近 30 天首购', en: 'First order within 30 days' },
    rule: { all: [{ bought: { days: { max: 1, min: 1 } } }, bought(30)] },
  },
  {
    id: 'new-not-member',
    scene: scenes.fresh,
    title: { zh: '新客未入会', en: 'New customers who are no members' },
    rule: { all: [{ bought: { days: { min: 1, max: 1 } } }, bought(90), { not: { member: {} } }] },
  },
  {
    id: 'second-order-due',
    scene: scenes.fresh,
    title: { zh: '首购后 30–90 天未复购', en: 'One purchase, 30 to 90 days ago' },
    rule: { all: [{ bought: { days: { min: 1, max: 1 } } }, bought(90), { not: bought(30) }] },
  },
  {
    id: 'loyal',
    scene: scenes.loyal,
    title: { zh: '忠诚会员', en: 'Loyal members' },
    rule: { all: [{ stage: { in: ['L'] } }, { member: {} }] },
  },
  {
    id: 'lapsing',
    scene: scenes.loyal,
    title: { zh: '沉睡老客（180–365 天未购）', en: 'Lapsed customers, 180 to 365 days' },
    rule: { all: [bought(365), { not: bought(180) }] },
  },
  {
    id: 'big-spenders',
    scene: scenes.loyal,
    title: { zh: '年度高消费', en: 'High spend within a year' },
    rule: { bought: { ...days(365), amount: { min: 1000 }, orders: { min: 3 } } },
  },
];
