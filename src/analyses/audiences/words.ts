import type { Text } from '../../base/text.ts';
import { tagWords as standard, tagValueWords } from '../../model/tagWords.ts';

/** Value of the row that tells how many have any value of a tag. */
export const COVERAGE = '*';
/** Value of the row of all values beyond those that are told one by one. */
export const OTHER = 'other';

/** What tags of the contract are called; others by their own name. */
export const tagWords: Readonly<Record<string, Text>> = {
  ...standard,
  member: { zh: '会员', en: 'Membership' },
  stage: { zh: '阶段', en: 'Stage' },
  'crowd:eight': { zh: '八大策略人群', en: 'Eight strategic crowds' },
};

/** What values are called that are codes; others are shown as they stand. */
export const valueWords: Readonly<Record<string, Text>> = {
  [COVERAGE]: { zh: '有值', en: 'Has a value' },
  [OTHER]: { zh: '其余', en: 'Other values' },
  ...tagValueWords.gender,
  none: { zh: '无', en: 'None' },
  member: { zh: '会员', en: 'Member' },
  unknown: { zh: '未知', en: 'Unknown' },
};
