import type { ContractEntity } from '../../../../src/api/data.ts';

/** Other names that exports give to a column of the contract. */
const others: Readonly<Record<string, readonly string[]>> = {
  event_time: ['时间', '行为时间', 'time', 'timestamp', 'ts', 'datetime'],
  behavior: ['行为类型', 'behaviour', 'event', 'event_type', 'action', 'behavior_type'],
  order_id: ['订单编号', '主订单编号', 'order_no', 'order_number', 'invoice'],
  line_id: ['子订单编号'],
  order_time: ['订单创建时间', '订单提交时间', 'created_at', 'order_date', 'order_purchase_timestamp'],
  pay_time: ['支付时间', '订单付款时间', '支付完成时间', 'paid_at', 'payment_time'],
  amount: ['买家实际支付金额', '实付款', '支付金额', '订单金额', 'price', 'paid_amount', 'total'],
  quantity: ['购买数量', '商品数量', 'qty'],
  item_id: ['商品id', '宝贝id', 'sku', 'product_id', 'item'],
  category_id: ['类目id', 'category'],
  join_time: ['入会日期', '注册时间', '注册日期', 'joined_at', 'register_time'],
  tier: ['会员等级', '会员级别', 'level'],
  review_time: ['评论时间'],
  rating: ['评分', '星级', 'score', 'stars'],
  text: ['评价内容', '评论', 'content', 'comment'],
  title: ['商品名称', '商品标题', '宝贝标题', 'product_name'],
  city: ['所在城市', '收货城市'],
  province: ['省', '所在省份', '收货省份', 'state'],
  date: ['日期', 'day'],
  cost: ['消耗', '花费', 'spend'],
  impressions: ['曝光量', '展示数'],
  clicks: ['点击数'],
};

/** Names of columns that tell who a row is about, by type of identifier. */
const who: Readonly<Record<string, readonly string[]>> = {
  user: ['user', 'user_id', '用户id', '用户', '用户编号', '买家会员名', '买家昵称', 'buyer_id', 'customer_id', 'uid'],
  member: ['member_id', 'member', '会员号', '会员编号', '会员卡号', '会员id'],
  phone: ['phone', 'mobile', 'tel', '手机', '手机号', '手机号码', '联系手机', '电话'],
  email: ['email', 'e_mail', 'mail', '邮箱', '电子邮箱'],
  openid: ['openid'],
  unionid: ['unionid'],
  device: ['device_id', 'device', '设备号', '设备id'],
};

/** A name without case, spaces and marks. */
export function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Columns of a file that are called like columns of the contract; each is taken once. */
export function guessColumns(
  file: readonly string[],
  entity: ContractEntity,
  titles: readonly Readonly<Record<string, string>>[],
): Record<string, string> {
  const free = new Map(file.map((name) => [bare(name), name]));
  const take = (names: readonly string[]): string | undefined => {
    const found = names.map(bare).find((name) => free.has(name));
    const column = found === undefined ? undefined : free.get(found);
    if (found !== undefined) free.delete(found);
    return column;
  };
  const named = (column: string) => [
    column,
    ...titles.flatMap((words) => words[column] ?? []),
    ...(others[column] ?? []),
  ];
  const own = entity.columns.map(({ name }) => [name, take(named(name))] as const);
  const identifiers = entity.personal
    ? Object.entries(who).map(([type, names]) => [`id_${type}`, take([`id_${type}`, ...names])] as const)
    : [];
  return Object.fromEntries([...own, ...identifiers].flatMap(([name, column]) => (column ? [[name, column]] : [])));
}
