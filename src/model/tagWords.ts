import type { Text } from '../base/text.ts';

/** What the standard tags of a profile are called; a tenant's own tags keep their names. */
export const tagWords: Readonly<Record<string, Text>> = {
  gender: { zh: '性别', en: 'Gender' },
  birth_year: { zh: '出生年', en: 'Year of birth' },
  age_band: { zh: '年龄段', en: 'Age band' },
  province: { zh: '省份', en: 'Province' },
  city: { zh: '城市', en: 'City' },
  city_tier: { zh: '城市线级', en: 'City tier' },
  spend_level: { zh: '消费力', en: 'Spend level' },
  occupation: { zh: '职业', en: 'Occupation' },
  baby_age: { zh: '孩子年龄', en: "Child's age" },
};

/** What values of the standard tags are called that are codes, by tag; others are shown as they stand. */
export const tagValueWords: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  gender: { f: { zh: '女', en: 'Female' }, m: { zh: '男', en: 'Male' } },
};
