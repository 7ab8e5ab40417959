export const analyses = {
  lead: '货架上的每一个分析：能回答什么、怎样定义、有什么局限。',
  search: '搜索名称、问题或编号',
  origin: '口径来源',
  all: '全部',
  count: (count: string) => `${count} 个分析`,
  none: '没有找到符合的分析',
  back: '全部分析',
  ask: '填好参数后在这里看到结果',
  definition: '口径与局限',
  rows: (count: string) => `共 ${count} 行`,
};
