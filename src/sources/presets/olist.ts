import { type Preset, preset } from '../mapping.ts';

const file = { source: 'olist' };
const kept = (name: string, zh: string, en: string, headers: string[]): Preset =>
  preset.parse({
    ...file,
    name: `olist-${name}`,
    title: { zh: `Olist ${zh}`, en: `Olist ${en}` },
    headers,
    exact: true,
    entity: 'other',
    columns: {},
  });

/** `customer_id` is made anew for every order, `customer_unique_id` is the person: the row links the two. */
export const olistCustomers: Preset = preset.parse({
  ...file,
  name: 'olist-customers',
  title: { zh: 'Olist 顾客', en: 'Olist customers' },
  headers: ['customer_id', 'customer_unique_id', 'customer_city', 'customer_state'],
  entity: 'consumers',
  columns: {
    id_olist_customer: 'customer_id',
    id_olist_unique: 'customer_unique_id',
    province: 'customer_state',
    city: 'customer_city',
  },
});

/** Time, state and customer of an order; the order names a person too, because reviews know nothing else. */
export const olistOrders: Preset = preset.parse({
  ...file,
  name: 'olist-orders',
  title: { zh: 'Olist 订单', en: 'Olist orders' },
  headers: ['order_id', 'customer_id', 'order_status', 'order_purchase_timestamp', 'order_approved_at'],
  entity: 'order_heads',
  columns: {
    order_id: 'order_id',
    order_time: 'order_purchase_timestamp',
    pay_time: 'order_approved_at',
    status: { column: 'order_status', values: { created: 'unpaid' } },
    id_olist_customer: 'customer_id',
    id_olist_order: 'order_id',
  },
});

/** Lines of the orders: their price without freight, which stays beside it; the seller is the shop. */
export const olistOrderItems: Preset = preset.parse({
  ...file,
  name: 'olist-order-items',
  title: { zh: 'Olist 订单商品', en: 'Olist order items' },
  headers: ['order_id', 'order_item_id', 'product_id', 'seller_id', 'price', 'freight_value'],
  entity: 'orders',
  headless: true,
  columns: {
    order_id: 'order_id',
    line_id: 'order_item_id',
    item_id: 'product_id',
    shop: 'seller_id',
    amount: 'price',
  },
});

/** Reviews know their order only. One review may be of several orders, so both make its name. */
export const olistReviews: Preset = preset.parse({
  ...file,
  name: 'olist-reviews',
  title: { zh: 'Olist 评价', en: 'Olist order reviews' },
  headers: ['review_id', 'order_id', 'review_score', 'review_creation_date'],
  entity: 'reviews',
  columns: {
    review_id: { join: { columns: ['review_id', 'order_id'], by: ' ' } },
    review_time: 'review_creation_date',
    order_id: 'order_id',
    id_olist_order: 'order_id',
    rating: 'review_score',
    text: 'review_comment_message',
  },
});

export const olistProducts: Preset = preset.parse({
  ...file,
  name: 'olist-products',
  title: { zh: 'Olist 商品', en: 'Olist products' },
  headers: ['product_id', 'product_category_name', 'product_weight_g', 'product_length_cm'],
  entity: 'items',
  columns: { item_id: 'product_id', category_id: 'product_category_name', category: 'product_category_name' },
});

export const olistPayments = kept('payments', '付款', 'payments', [
  'order_id',
  'payment_sequential',
  'payment_type',
  'payment_installments',
  'payment_value',
]);
export const olistSellers = kept('sellers', '卖家', 'sellers', [
  'seller_id',
  'seller_zip_code_prefix',
  'seller_city',
  'seller_state',
]);
export const olistCategoryNames = kept('category-names', '品类译名', 'category names in English', [
  'product_category_name',
  'product_category_name_english',
]);
export const olistGeolocation = kept('geolocation', '邮编坐标', 'places of zip codes', [
  'geolocation_zip_code_prefix',
  'geolocation_lat',
  'geolocation_lng',
  'geolocation_city',
  'geolocation_state',
]);
