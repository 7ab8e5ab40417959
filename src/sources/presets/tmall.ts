import { type Preset, preset } from '../mapping.ts';

/**
 * Orders of a Tmall shop without a buyer, as the course data has them: kept, and known to belong to nobody. An order
 * that has no time of payment is unpaid; a refund has no time, so it counts from the pay day. 收货地址 is a province.
 */
export const tmallOrders: Preset = preset.parse({
  name: 'tmall-orders',
  title: { zh: '天猫店铺订单（课程数据）', en: 'Tmall shop orders (course data)' },
  headers: ['订单编号', '总金额', '买家实际支付金额', '收货地址', '订单创建时间', '订单付款时间', '退款金额'],
  entity: 'orders',
  source: 'tmall',
  columns: {
    order_id: { column: '订单编号', undress: true },
    order_time: '订单创建时间',
    pay_time: '订单付款时间',
    status: { constant: 'unpaid', when: { column: '订单付款时间', empty: true } },
    id_user: { constant: 'anonymous' },
    platform: { constant: '天猫' },
    list_amount: '总金额',
    amount: '买家实际支付金额',
    refund_amount: '退款金额',
  },
});
