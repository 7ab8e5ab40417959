/** Words of an order's state that mean it was never paid, and what platforms write for them. */
export const neverPaid = ['unpaid', 'cancelled', 'closed'] as const;

export const statusWords: Readonly<Record<string, (typeof neverPaid)[number]>> = {
  unpaid: 'unpaid',
  pending: 'unpaid',
  wait_buyer_pay: 'unpaid',
  等待买家付款: 'unpaid',
  待付款: 'unpaid',
  未付款: 'unpaid',
  未支付: 'unpaid',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  unavailable: 'cancelled',
  已取消: 'cancelled',
  交易取消: 'cancelled',
  closed: 'closed',
  trade_closed: 'closed',
  trade_closed_by_taobao: 'closed',
  已关闭: 'closed',
  交易关闭: 'closed',
};
