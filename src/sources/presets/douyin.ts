import { type Preset, preset } from '../mapping.ts';

/**
 * Orders of a Douyin shop, one row a sub-order. The export names no buyer: the receiver's phone does where it is not
 * masked. Refunds are in an export of their own. Source: column names of the 抖店 order export, general knowledge.
 */
export const douyinOrders: Preset = preset.parse({
  name: 'douyin-orders',
  title: { zh: '抖店 订单导出（列名据通用知识）', en: 'Douyin shop order export (columns by general knowledge)' },
  headers: ['主订单编号', '子订单编号', '选购商品', '商品数量', '商品ID', '订单应付金额', '订单提交时间', '订单状态'],
  entity: 'orders',
  source: 'douyin',
  withheld: ['收件人', '收件人手机号', '详细地址', '街道', '买家留言'],
  columns: {
    order_id: { column: '主订单编号', undress: true },
    line_id: { column: '子订单编号', undress: true },
    order_time: { column: '订单提交时间', undress: true },
    pay_time: { column: '支付完成时间', undress: true },
    status: { column: '订单状态', values: { 待支付: 'unpaid' } },
    id_phone: { column: '收件人手机号', undress: true, masked: 'anonymous', empty: 'anonymous' },
    item_id: { column: '商品ID', undress: true },
    platform: { constant: '抖音' },
    channel: '流量来源',
    quantity: '商品数量',
    amount: '订单应付金额',
  },
});
