import { type Preset, preset } from '../mapping.ts';

/** Events of Taobao, `behavior` in Taobao's words, `timestamp` in epoch seconds. Source: Tianchi, data set 649. */
export const taobaoUserBehavior: Preset = preset.parse({
  name: 'taobao-userbehavior',
  title: { zh: '淘宝用户行为数据集（天池）', en: 'Taobao UserBehavior (Tianchi)' },
  headers: ['user_id', 'item_id', 'category_id', 'behavior', 'timestamp'],
  entity: 'events',
  source: 'taobao',
  columns: {
    event_time: 'timestamp',
    behavior: 'behavior',
    id_user: 'user_id',
    item_id: 'item_id',
    category_id: 'category_id',
    platform: { constant: '淘宝' },
  },
});

const head = {
  order_id: { column: '订单编号', undress: true },
  order_time: '订单创建时间',
  pay_time: '订单付款时间',
  status: '订单状态',
  id_user: { column: '买家会员名', undress: true, masked: 'anonymous', empty: 'anonymous' },
  id_phone: { column: ['联系手机', '联系电话'], undress: true, masked: 'anonymous' },
  shop: '店铺名称',
  platform: { constant: '淘宝' },
};

const report = {
  source: 'taobao',
  headers: ['订单编号', '买家会员名', '买家应付货款', '买家实际支付金额', '订单状态', '订单创建时间', '订单付款时间'],
  withheld: ['买家支付宝账号', '收货人姓名', '收货地址', '修改后的收货地址', '买家留言', '发票抬头'],
};

/**
 * The seller centre's order report, one row an order: its worth, what was paid and what was given back. Masked buyers
 * and phones name nobody. Source: the column names of ExportOrderList, general knowledge.
 */
export const taobaoOrders: Preset = preset.parse({
  ...report,
  name: 'taobao-orders',
  title: { zh: '淘宝/天猫卖家中心 订单报表', en: 'Taobao/Tmall seller centre: order report' },
  entity: 'orders',
  columns: {
    ...head,
    quantity: '宝贝总数量',
    list_amount: '总金额',
    amount: '买家实际支付金额',
    refund_amount: '退款金额',
  },
});

/** The same report when the item report is imported beside it: time and person of the orders, the money from the items. */
export const taobaoOrderHeads: Preset = preset.parse({
  ...report,
  name: 'taobao-order-heads',
  title: {
    zh: '淘宝/天猫卖家中心 订单报表（与宝贝报表同用）',
    en: 'Taobao/Tmall seller centre: order report, to go with the item report',
  },
  asked: true,
  entity: 'order_heads',
  columns: head,
});

/**
 * The seller centre's item report (宝贝报表), one row a line, without time or buyer: both come from `taobao-order-heads`.
 * It knows the list price only, so a line's amount is price × quantity. Source: ExportOrderDetailList, general knowledge.
 */
export const taobaoOrderItems: Preset = preset.parse({
  name: 'taobao-order-items',
  title: { zh: '淘宝/天猫卖家中心 宝贝报表', en: 'Taobao/Tmall seller centre: item report' },
  headers: ['订单编号', '标题', '价格', '购买数量', '外部系统编号', '商品属性'],
  entity: 'orders',
  headless: true,
  source: 'taobao',
  columns: {
    order_id: { column: '订单编号', undress: true },
    status: '订单状态',
    item_id: { column: ['外部系统编号', '商家编码', '标题'], undress: true },
    quantity: '购买数量',
    list_amount: { multiply: ['价格', '购买数量'] },
    amount: { multiply: ['价格', '购买数量'] },
    platform: { constant: '淘宝' },
  },
});
