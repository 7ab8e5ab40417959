import { z } from 'zod';
import type { Text } from '../../base/text.ts';
import { rfmClasses, rfmClassNames, rfmOn } from '../../model/rfm.ts';
import { sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';

const nameWords: Record<(typeof rfmClassNames)[keyof typeof rfmClassNames], Text> = {
  高价值: { zh: '高价值', en: 'High value' },
  重点保持: { zh: '重点保持', en: 'Key, to keep' },
  重点发展: { zh: '重点发展', en: 'Key, to develop' },
  重点挽留: { zh: '重点挽留', en: 'Key, to win back' },
  一般价值: { zh: '一般价值', en: 'General value' },
  一般保持: { zh: '一般保持', en: 'General, to keep' },
  一般发展: { zh: '一般发展', en: 'General, to develop' },
  潜在: { zh: '潜在', en: 'Potential' },
};

/** Letters of a class, opened: `HLH` is recent, rare, high spend. */
function classText(letters: string): Text {
  const high = [...letters].map((letter) => letter === 'H');
  const of = (i: number, yes: string, no: string) => (high[i] ? yes : no);
  return {
    zh: `${letters} ${of(0, '近期', '久未')}·${of(1, '高频', '低频')}·${of(2, '高额', '低额')}`,
    en: `${letters} ${of(0, 'recent', 'lapsed')}, ${of(1, 'frequent', 'rare')}, ${of(2, 'high spend', 'low spend')}`,
  };
}

/** Buyers of the window by recency, frequency and money against the means; classes without a buyer are left out. */
export const rfm = defineAnalysis({
  id: 'rfm',
  doc: new URL('./rfm.md', import.meta.url),
  title: { zh: 'RFM 客户价值分层', en: 'RFM, buyers by value' },
  question: {
    zh: '近期买家按最近购买、购买频次和金额，各属哪一类？',
    en: 'To which class does each recent buyer belong by recency, frequency and money?',
  },
  origin: 'published',
  params: z.object({ on: day().describe('day at whose end buyers are looked at | 截至日'), ...scopeParams }),
  row: z.object({ class: z.enum(rfmClasses), name: z.string(), consumers: z.int(), amount: z.number() }),
  columns: {
    class: { zh: '分层', en: 'Class' },
    name: { zh: '名称', en: 'Name' },
    consumers: { zh: '消费者', en: 'Consumers' },
    amount: { zh: '净额', en: 'Net amount' },
  },
  query: ({ on }, lens) => sql`
    SELECT class, transform(class, ${[...rfmClasses]}, ${rfmClasses.map((each) => rfmClassNames[each])}) AS name,
      count() AS consumers, sum(m) / 100 AS amount
    FROM ${rfmOn(on, lens)} GROUP BY class ORDER BY indexOf(${[...rfmClasses]}, class)`,
  people: (row, { on }, lens) => sql`SELECT consumer FROM ${rfmOn(on, lens)} WHERE class = ${row.class}`,
  chart: { kind: 'bar', x: 'name', y: 'consumers' },
  money: ['amount'],
  words: { class: Object.fromEntries(rfmClasses.map((each) => [each, classText(each)])), name: nameWords },
});
