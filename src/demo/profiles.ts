import type { Random } from './random.ts';
import { weighted } from './random.ts';

/** What the platform's tags say of a person. */
export interface Profile {
  readonly gender: 'f' | 'm';
  readonly birthYear: number;
  readonly province: string;
  readonly city: string;
  readonly tier: number;
  readonly spendLevel: number;
  readonly occupation: string;
  /** Years; absent without a child at home. */
  readonly babyAge: number | undefined;
  readonly skin: string;
}

type City = readonly [city: string, province: string, tier: number, share: number];

const cities: readonly City[] = [
  ['上海', '上海', 1, 9],
  ['北京', '北京', 1, 8],
  ['深圳', '广东', 1, 6],
  ['广州', '广东', 1, 6],
  ['杭州', '浙江', 2, 6],
  ['成都', '四川', 2, 6],
  ['武汉', '湖北', 2, 4],
  ['南京', '江苏', 2, 4],
  ['重庆', '重庆', 2, 5],
  ['苏州', '江苏', 2, 4],
  ['西安', '陕西', 2, 3],
  ['长沙', '湖南', 2, 3],
  ['郑州', '河南', 2, 3],
  ['合肥', '安徽', 3, 3],
  ['宁波', '浙江', 3, 3],
  ['厦门', '福建', 3, 2],
  ['福州', '福建', 3, 2],
  ['昆明', '云南', 3, 2],
  ['济南', '山东', 3, 3],
  ['沈阳', '辽宁', 3, 2],
  ['无锡', '江苏', 3, 2],
  ['绍兴', '浙江', 4, 2],
  ['洛阳', '河南', 4, 2],
  ['临沂', '山东', 4, 2],
  ['赣州', '江西', 4, 1],
  ['桂林', '广西', 4, 1],
  ['绵阳', '四川', 4, 1],
  ['宜昌', '湖北', 5, 1],
  ['阜阳', '安徽', 5, 1],
  ['衡阳', '湖南', 5, 1],
  ['曲靖', '云南', 6, 1],
  ['玉林', '广西', 6, 1],
];
const cityTable = weighted(cities.map(([, , , share]) => share));
const skinTypes = ['干性', '油性', '混合', '敏感', '中性'];
const jobs = ['公司职员', '教师', '医护人员', '自由职业', '个体经营', '公务员', '设计师', '服务业'];

/** Plausible together: age with work and children, city with spending. A `mother` (精致妈妈) has a child of three years or less, nobody else has. */
export function makeProfile(random: Random, year: number, mother: boolean): Profile {
  const gender = mother || random.chance(0.8) ? 'f' : 'm';
  const age = mother ? random.between(24, 38) : ageOf(random);
  const [city, province, tier] = cities[random.draw(cityTable)] ?? ['上海', '上海', 1];
  const wealth = (tier <= 2 ? 1 : 0) + (age >= 28 ? 1 : 0) + random.below(4);
  return {
    gender,
    birthYear: year - age,
    province,
    city,
    tier,
    spendLevel: Math.min(5, Math.max(1, wealth)),
    occupation: age < 23 ? '学生' : mother && random.chance(0.25) ? '全职妈妈' : random.pick(jobs),
    babyAge: mother ? random.between(0, 3) : olderChild(random, age),
    skin: random.pick(skinTypes),
  };
}

/** Age band as the platforms cut it, from the year of birth. */
export function ageBand(age: number): string {
  if (age < 18) return '0-17';
  if (age < 25) return '18-24';
  if (age < 30) return '25-29';
  if (age < 35) return '30-34';
  if (age < 40) return '35-39';
  return age < 50 ? '40-49' : '50+';
}

function ageOf(random: Random): number {
  return 18 + Math.min(random.below(40), random.below(40), random.between(4, 39));
}

function olderChild(random: Random, age: number): number | undefined {
  return age >= 29 && random.chance(0.3) ? random.between(4, Math.min(12, age - 23)) : undefined;
}
