import type { Text } from '../base/text.ts';
import { behaviorWords } from '../model/behaviorWords.ts';
import type { RuleSet } from '../model/rules/ruleSet.ts';
import { tagValueWords, tagWords } from '../model/tagWords.ts';
import { type Feature, TASTE_DAYS } from './feature.ts';

/** What is known of the home's own words. */
export interface Known {
  /** The stages that features of stages are of. */
  readonly rules: Pick<RuleSet, 'stages'>;
  /** Names of categories by their ids. */
  readonly categories: ReadonlyMap<string, string>;
}

/** What a feature is called; `data` are the words of the home's own data that stand in it, in quotes. */
export interface Title extends Text {
  readonly data: readonly string[];
}

const paidTitles = {
  orders: { zh: '近一年的订单数', en: 'Orders of the last year' },
  days: { zh: '近一年的购买日数', en: 'Pay days of the last year' },
  amount: { zh: '近一年的净额', en: 'Net amount of the last year' },
  items: { zh: '近一年购买的不同商品数', en: 'Different items bought in the last year' },
  recency: { zh: '近期购买过', en: 'A recent purchase' },
} as const;

const tasteTitles = {
  platform: { zh: '平台', en: 'the platform' },
  channel: { zh: '渠道', en: 'the channel' },
  brand: { zh: '品牌', en: 'the brand' },
  category: { zh: '类目', en: 'the category' },
} as const;

/** Words that stand in a title: those of the console, or else of the data. */
interface Said extends Text {
  readonly data: readonly string[];
}

const said = (value: string, words: Text | undefined): Said =>
  words ? { ...words, data: [] } : { zh: value, en: value, data: [value] };

/** A title of words and what is said in it, quoted. */
function titled(parts: readonly Said[], words: (...quoted: readonly Text[]) => Text): Title {
  const quoted = parts.map(({ zh, en }) => ({ zh: `「${zh}」`, en: `“${en}”` }));
  return { ...words(...quoted), data: parts.flatMap(({ data }) => data) };
}

const nothing: Text = { zh: '', en: '' };

/** A feature in the words of the console, in both languages. */
export function titleOf(each: Feature, { rules, categories }: Known): Title {
  switch (each.of) {
    case 'behavior':
      return titled([said(each.value, behaviorWords[each.value])], (what = nothing) => ({
        zh: `近 ${each.days} 天${what.zh}的次数`,
        en: `Times of ${what.en} in the last ${each.days} days`,
      }));
    case 'recency':
      return titled([said(each.value, behaviorWords[each.value])], (what = nothing) => ({
        zh: `近期有过${what.zh}`,
        en: `A recent ${what.en}`,
      }));
    case 'paid':
      return { ...paidTitles[each.value], data: [] };
    case 'member':
      return { zh: '是会员', en: 'A member', data: [] };
    case 'stage':
      return titled(
        [said(each.value, rules.stages.find(({ code }) => code === each.value)?.title)],
        (stage = nothing) => ({
          zh: `处于阶段${stage.zh}`,
          en: `In the stage ${stage.en}`,
        }),
      );
    case 'profile':
      return titled(
        [said(each.name, tagWords[each.name]), said(each.value, tagValueWords[each.name]?.[each.value])],
        (name = nothing, value = nothing) => ({
          zh: `标签${name.zh}为${value.zh}`,
          en: `Tag ${name.en} is ${value.en}`,
        }),
      );
    case 'age':
      return { zh: `${each.value} 至 ${each.value + 9} 岁`, en: `Aged ${each.value} to ${each.value + 9}`, data: [] };
    default: {
      const taste = tasteTitles[each.of];
      const name = each.of === 'category' ? (categories.get(each.value) ?? each.value) : each.value;
      return titled([said(name, undefined)], (what = nothing) => ({
        zh: `近 ${TASTE_DAYS} 天${taste.zh}${what.zh}的行为次数`,
        en: `Events of ${taste.en} ${what.en} in the last ${TASTE_DAYS} days`,
      }));
    }
  }
}
