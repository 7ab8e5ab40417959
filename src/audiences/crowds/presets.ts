import type { Text } from '../../base/text.ts';
import type { TaxonomyVersion } from './taxonomy.ts';

type Written = Readonly<Record<string, unknown>>;

const aged = (min: number, max?: number): Written => ({ age: { min, ...(max === undefined ? {} : { max }) } });
const high: Written = { city_tier: { max: 3 } };
const low: Written = { city_tier: { min: 4 } };

/** Whoever serves or works with their hands, as profiles write it. */
const manual = [
  ...['service', 'manual', 'worker', 'driver', 'courier', 'blue_collar'],
  ...['服务业', '工人', '司机', '快递', '外卖', '蓝领', '服务人员', '个体户'],
];
const said = ['1', 'true', 'yes', '是'];

interface Preset {
  readonly id: string;
  readonly title: Text;
  readonly rule: Written;
}

/** The eight in the order in which they are asked; nobody under 18 is in any. */
const eight: readonly Preset[] = [
  {
    id: 'exquisite_mom',
    title: { zh: '精致妈妈', en: 'Refined mothers' },
    rule: {
      all: [
        { tag: { name: 'gender', in: ['f'] } },
        { any: [{ tag: { name: 'baby_age', range: { max: 12 } } }, { tag: { name: 'pregnant', in: said } }] },
        high,
        { not: { age: { max: 17 } } },
      ],
    },
  },
  { id: 'urban_silver', title: { zh: '都市银发', en: 'Urban silver' }, rule: { all: [aged(50), high] } },
  {
    id: 'town_middle_aged',
    title: { zh: '小镇中老年', en: 'Town, middle-aged and older' },
    rule: { all: [aged(36), low] },
  },
  { id: 'town_youth', title: { zh: '小镇青年', en: 'Town youth' }, rule: { all: [aged(18, 35), low] } },
  { id: 'z_era', title: { zh: 'Z世代', en: 'Generation Z' }, rule: { all: [aged(18, 24), high] } },
  {
    id: 'urban_blue_collar',
    title: { zh: '都市蓝领', en: 'Urban blue-collar' },
    rule: {
      all: [aged(25, 49), high, { any: [{ tag: { name: 'occupation', in: manual } }, { spend_level: { max: 2 } }] }],
    },
  },
  {
    id: 'senior_middle_class',
    title: { zh: '资深中产', en: 'Senior middle class' },
    rule: { all: [aged(36, 49), high] },
  },
  {
    id: 'new_white_collar',
    title: { zh: '新锐白领', en: 'New white-collar' },
    rule: { all: [aged(25, 35), high] },
  },
];

interface Band {
  readonly id: string;
  readonly title: Text;
  readonly rule: Written;
}

const much: Band = { id: 'high', title: { zh: '高消费力', en: 'high spend' }, rule: { spend_level: { min: 4 } } };
const some: Band = {
  id: 'middle',
  title: { zh: '中消费力', en: 'middle spend' },
  rule: { spend_level: { min: 3, max: 3 } },
};
const little: Band = {
  id: 'low',
  title: { zh: '低消费力', en: 'low spend' },
  rule: { not: { spend_level: { min: 3 } } },
};
const ordinary: Band = {
  id: 'ordinary',
  title: { zh: '一般消费力', en: 'ordinary spend' },
  rule: { not: { spend_level: { min: 4 } } },
};

const inThree = ['exquisite_mom', 'z_era', 'senior_middle_class', 'new_white_collar'];

/** Each of the eight by what it spends: four in three bands, four in two. */
const twenty: readonly Preset[] = eight.flatMap(({ id, title, rule }) =>
  (inThree.includes(id) ? [much, some, little] : [much, ordinary]).map((band) => ({
    id: `${id}_${band.id}`,
    title: { zh: `${title.zh}·${band.title.zh}`, en: `${title.en}, ${band.title.en}` },
    rule: { all: [rule, band.rule] },
  })),
);

/** Taxonomies of the program; a tenant's own version of one stands before it. */
export const taxonomyPresets: readonly TaxonomyVersion[] = [
  {
    name: 'eight',
    version: 1,
    origin: 'proposed',
    title: { zh: '八大策略人群', en: 'Eight strategic crowds' },
    crowds: [...eight],
  },
  {
    name: 'twenty',
    version: 1,
    origin: 'proposed',
    isExample: true,
    title: { zh: '二十人群（示例：八大人群 × 消费力）', en: 'Twenty crowds (an example: the eight by spend)' },
    crowds: [...twenty],
  },
];
