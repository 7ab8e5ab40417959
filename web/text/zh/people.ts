export const people = {
  lead: '从任意数字背后存下的人群，保存当时的消费者名单，供之后圈选与投放使用。',
  name: '名称',
  from: '来自',
  count: '消费者',
  asOf: '数据截至',
  by: '保存者',
  at: '保存于',
  none: '没有按数字存下的名单。点开任意数字，在「人群」里选择「存为人群」，即成为可圈选、可推送的人群。',
  remove: '删除',
  removeSure: (name: string) => `删除人群「${name}」？`,
  removed: '已删除',
};
