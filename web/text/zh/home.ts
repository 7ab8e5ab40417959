export const home = {
  lead: (from: string, to: string, days: string, rules: string) =>
    `${from} 至 ${to}，共 ${days} 天，与之前同样长的一段相比；规则集 ${rules}`,
  headline: (operable: string, change: string, rate: string, rateChange: string) =>
    `可运营人群 ${operable} 人，比上期 ${change}；加深率 ${rate}，比上期 ${rateChange}。`,
  headlineAlone: (operable: string, rate: string) => `可运营人群 ${operable} 人，加深率 ${rate}。`,
  mainReason: (reason: string, count: string) => `加深主要来自${reason}（${count} 人）。`,
  of: (numerator: string, denominator: string) => `${numerator} / ${denominator} 人`,
  spark: (metric: string, weeks: number, values: string) => `${metric} 最近 ${weeks} 周：${values}`,
  sparkNote: (weeks: number) => `近 ${weeks} 周`,
  period: (from: string, to: string) => `${from} 至 ${to}`,
  fresh: '数据新鲜度',
  freshSentence: (moment: string, entity: string, day: string) => `数据截至 ${moment}；最旧的是${entity}，到 ${day}。`,
  entity: '数据',
  rows: '行数',
  lastDay: '最近一日',
  days: (days: string) => `晚 ${days} 天`,
  undated: '无日期',
};
