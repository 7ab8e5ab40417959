import type { Text } from '../text.ts';

/** What the fields that a person fills in are called in Chinese; their English names are those of the API. */
const fields: Readonly<Record<string, string>> = {
  body: '内容',
  cron: '计划时间',
  current: '当前密码',
  days: '天数',
  entity: '数据类型',
  from: '开始日期',
  key: '规则集',
  mapping: '列对应',
  name: '名称',
  next: '新密码',
  on: '日期',
  parameters: '参数',
  password: '密码',
  path: '地址',
  query: '地址',
  role: '角色',
  row: '行',
  scopes: '权限范围',
  size: '大小',
  title: '名称',
  to: '结束日期',
  webhook: '接收地址',
};

/** A field by its place in what was sent. */
export function fieldText(place: string): Text {
  return { zh: fields[place] ?? place, en: place };
}
