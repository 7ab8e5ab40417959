import { type Preset, preset } from '../mapping.ts';

const file = { source: 'completejourney' };
const kept = (name: string, zh: string, en: string, headers: string[]): Preset =>
  preset.parse({
    ...file,
    name: `completejourney-${name}`,
    title: { zh: `Complete Journey ${zh}`, en: `Complete Journey ${en}` },
    headers,
    exact: true,
    entity: 'other',
    columns: {},
  });

/** Lines of baskets; `sales_value` is what the retailer took for the line, discounts stay beside it. */
export const journeyTransactions: Preset = preset.parse({
  ...file,
  name: 'completejourney-transactions',
  title: { zh: 'Complete Journey 购物明细', en: 'Complete Journey transactions' },
  headers: ['household_id', 'basket_id', 'product_id', 'quantity', 'sales_value', 'transaction_timestamp'],
  entity: 'orders',
  columns: {
    order_id: 'basket_id',
    order_time: 'transaction_timestamp',
    id_household: 'household_id',
    item_id: 'product_id',
    shop: 'store_id',
    quantity: 'quantity',
    amount: 'sales_value',
  },
});

/** The category's path has three levels; `category_id` is the middle one. */
export const journeyProducts: Preset = preset.parse({
  ...file,
  name: 'completejourney-products',
  title: { zh: 'Complete Journey 商品', en: 'Complete Journey products' },
  headers: ['product_id', 'manufacturer_id', 'department', 'brand', 'product_category', 'product_type'],
  entity: 'items',
  columns: {
    item_id: 'product_id',
    title: 'product_type',
    brand: 'brand',
    category_id: 'product_category',
    category: { join: { columns: ['department', 'product_category', 'product_type'], by: '/' } },
  },
});

export const journeyDemographics: Preset = preset.parse({
  ...file,
  name: 'completejourney-demographics',
  title: { zh: 'Complete Journey 家庭画像', en: 'Complete Journey demographics' },
  headers: ['household_id', 'age', 'income', 'home_ownership', 'marital_status', 'household_size'],
  entity: 'consumers',
  columns: { id_household: 'household_id', age_band: 'age' },
});

/** A coupon used at the till: a behaviour of its own that no group of the contract has. */
export const journeyRedemptions: Preset = preset.parse({
  ...file,
  name: 'completejourney-redemptions',
  title: { zh: 'Complete Journey 核销', en: 'Complete Journey coupon redemptions' },
  headers: ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'],
  entity: 'events',
  columns: {
    event_time: 'redemption_date',
    behavior: { constant: 'coupon_redeem' },
    id_household: 'household_id',
    campaign_id: 'campaign_id',
  },
});

export const journeyCampaigns = kept('campaigns', '活动参与家庭', 'campaigns by household', [
  'campaign_id',
  'household_id',
]);
export const journeyCampaignDescriptions = kept('campaign-descriptions', '活动说明', 'campaign descriptions', [
  'campaign_id',
  'campaign_type',
  'start_date',
  'end_date',
]);
export const journeyCoupons = kept('coupons', '券与商品', 'coupons', ['coupon_upc', 'product_id', 'campaign_id']);
export const journeyPromotions = kept('promotions', '陈列与邮报', 'promotions', [
  'product_id',
  'store_id',
  'display_location',
  'mailer_location',
  'week',
]);
