import type { Text } from '../../base/text.ts';

/** Value of the row that tells how many have any value of a tag. */
export const COVERAGE = '*';
/** Value of the row of all values beyond those that are told one by one. */
export const OTHER = 'other';

/** What tags of the contract are called; others by their own name. */
export const tagWords: Readonly<Record<string, Text>> = {
  gender: { zh: '性别', en: 'Gender' },
  age_band: { zh: '年龄段', en: 'Age band' },
  province: { zh: '省份', en: 'Province' },
  city: { zh: '城市', en: 'City' },
  city_tier: { zh: '城市线级', en: 'City tier' },
  spend_level: { zh: '消费力', en: 'Spend level' },
  occupation: { zh: '职业', en: 'Occupation' },
  baby_age: { zh: '孩子年龄', en: "Child's age" },
  member: { zh: '会员', en: 'Membership' },
  stage: { zh: '阶段', en: 'Stage' },
  'crowd:eight': { zh: '八大策略人群', en: 'Eight strategic crowds' },
};

/** What values are called that are codes; others are shown as they stand. */
export const valueWords: Readonly<Record<string, Text>> = {
  [COVERAGE]: { zh: '有值', en: 'Has a value' },
  [OTHER]: { zh: '其余', en: 'Other values' },
  f: { zh: '女', en: 'Female' },
  m: { zh: '男', en: 'Male' },
  none: { zh: '无', en: 'None' },
  member: { zh: '会员', en: 'Member' },
  unknown: { zh: '未知', en: 'Unknown' },
};
