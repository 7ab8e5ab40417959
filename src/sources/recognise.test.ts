import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { entities } from '../model/entities.ts';
import { openSource } from './read/open.ts';
import { nearest, recognise } from './recognise.ts';

const sellerCentre =
  '订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量,店铺名称,退款金额';
const douyin =
  '主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,支付方式,收件人,收件人手机号,订单提交时间,支付完成时间,流量来源,订单状态,达人ID';

const rows: [name: string, header: string, preset: string | undefined, entity?: string][] = [
  ['events.csv', 'event_time,behavior,id_user', 'canonical', 'events'],
  ['events-2017-12.csv.gz', 'event_id,event_time,behavior,id_device', 'canonical', 'events'],
  ['Orders_618.jsonl', 'order_id,order_time,amount,id_user', 'canonical', 'orders'],
  ['order_heads.csv', 'order_id,order_time,id_user,extra', 'canonical', 'order_heads'],
  ['media_spend.csv', 'date,channel,cost', 'canonical', 'media_spend'],
  ['members.xlsx', 'Join_Time,ID_Member,Tier', 'canonical', 'members'],
  ['consumers.csv', 'id_user,skin_type', 'canonical', 'consumers'],
  ['events.csv', 'user_id,item_id,category_id,behavior,timestamp', 'taobao-userbehavior', 'events'],
  ['events.csv', 'User_ID,Item_ID,Category_ID,Behavior,Timestamp', 'taobao-userbehavior', 'events'],
  ['x.csv', 'event_time,behavior,id_user,item_id,brand', 'canonical', 'events'],
  ['x.csv', 'order_id,order_time,amount,id_user', 'canonical', 'orders'],
  ['x.csv', 'order_id,order_time,id_user', 'canonical', 'order_heads'],
  ['x.csv', 'date,item_id,on_hand', 'canonical', 'inventory'],
  ['items.csv', 'item_id,price', 'canonical', 'items'],
  ['x.csv', 'event_time,behavior,item_id', undefined],
  ['orders.csv', 'order_id,id_user,pay_time,amount', undefined],
  ['x.csv', 'id_user,shop,platform,channel', undefined],
  ['x.csv', 'id_user,id_phone', 'canonical', 'consumers'],
  ['x.csv', 'id_user,city,gender,birth_year,member_no,tier,points,shop', 'canonical', 'consumers'],
  ['x.csv', 'id_user,city,skin_type', 'canonical', 'consumers'],
  ['x.csv', 'item_id,creator_id', undefined],
  ['x.csv', 'name,price', undefined],
  ['events.csv', 'when,what,who', undefined],
  ['other.csv', 'a,b', undefined],
  ['x.csv', 'campaign_id,household_id', 'completejourney-campaigns', 'other'],
  ['x.csv', 'campaign_id,household_id,note', undefined],
  ['x.csv', sellerCentre, 'taobao-orders', 'orders'],
  [
    'x.csv',
    '订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码',
    'taobao-order-items',
    'orders',
  ],
  ['x.csv', douyin, 'douyin-orders', 'orders'],
  ['x.csv', '日期,场景ID,场景名字,计划ID,计划名字,展现量,点击量,花费,总成交金额', 'alimama-spend', 'media_spend'],
  ['x.csv', '时间-天,项目ID,项目名称,单元ID,单元名称,消耗,展示数,点击数', 'oceanengine-spend', 'media_spend'],
  [
    'x.csv',
    'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country',
    'online-retail-2',
    'orders',
  ],
];

describe('a file that nobody describes', () => {
  test.each(rows)('%s with %s is %s', (name, header, preset, entity) => {
    const found = recognise({ name, columns: header.split(',') });
    expect([found?.preset, found?.mapping.entity]).toEqual([preset, entity]);
  });

  test('of the contract keeps every column of its entity and the identifiers it shows, and nothing else', () => {
    const found = recognise({
      name: 'reviews.jsonl',
      columns: ['review_time', 'ID_User', 'id_phone', 'colour', 'Rating'],
    });
    expect(found?.mapping.columns).toEqual({
      ...Object.fromEntries(entities.reviews.columns.map(({ name }) => [name, name])),
      rating: 'Rating',
      id_user: 'ID_User',
      id_phone: 'id_phone',
    });
  });

  test('has its exact spelling before another case of it', () => {
    const found = recognise({ name: 'items.csv', columns: ['ITEM_ID', 'item_id', 'Title'] });
    expect(found?.mapping.columns).toMatchObject({ item_id: 'item_id', title: 'Title' });
  });
});

const near: [header: string, entity: string | undefined, missing: string][] = [
  ['order_id,id_user,pay_time,amount', 'orders', 'order_time'],
  ['order_id,pay_time', 'order_heads', 'order_time id_…'],
  ['event_time,behavior,item_id', 'events', 'id_…'],
  ['name,price', 'items', 'item_id'],
  ['when,what,who', undefined, ''],
];

test.each(near)('%s is nearest to %s, and lacks %s', (header, entity, missing) => {
  const found = nearest(header.split(','));
  expect([found?.entity, found?.missing.join(' ') ?? '']).toEqual([entity, missing]);
});

describe('a file that the caller describes', () => {
  const columns = sellerCentre.split(',');
  test('is what a mapping says, over the spelling of the file', () => {
    const mapping = {
      entity: 'items' as const,
      source: 'erp',
      columns: { item_id: 'SKU', title: { column: ['NAME', 'Nick'] } },
    };
    expect(recognise({ name: 'events.csv', columns: ['sku', 'name'] }, { mapping })).toEqual({
      preset: 'mapping',
      mapping: { entity: 'items', source: 'erp', columns: { item_id: 'sku', title: { column: ['name', 'Nick'] } } },
    });
  });

  test('is what a preset says, also one that is never recognised by itself', () => {
    const found = recognise({ name: 'x.csv', columns }, { preset: 'taobao-order-heads' });
    expect([found?.preset, found?.mapping.entity]).toEqual(['taobao-order-heads', 'order_heads']);
  });

  test('is of the contract when the caller says so', () => {
    const mixed = ['user_id', 'item_id', 'category_id', 'behavior', 'timestamp', 'event_time', 'id_user'];
    expect(recognise({ name: 'x.csv', columns: mixed })?.preset).toBe('taobao-userbehavior');
    expect(recognise({ name: 'x.csv', columns: mixed }, { preset: 'canonical' })?.preset).toBe('canonical');
  });

  const wrong: [preset: string, message: RegExp][] = [
    ['taobao', /no preset taobao\. There are: canonical, .*taobao-orders/],
    ['olist-orders', /x\.csv lacks the columns order_id, customer_id, .*it has 订单编号.*--mapping/],
    ['canonical', /x\.csv has not the columns of any entity/],
  ];
  test.each(wrong)('is refused where preset %s cannot be', (preset, message) => {
    expect(() => recognise({ name: 'x.csv', columns }, { preset })).toThrow(message);
  });
});

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const real: [path: string, preset: string | undefined][] = [
  ['taobao-userbehavior/userbehavior_983users_9days.csv.gz', 'taobao-userbehavior'],
  ['rees46-oct2019/events_2019_oct.csv.gz', 'rees46'],
  ['online-retail/online_retail.csv.gz', 'online-retail'],
  ['olist-sample/olist_customers.csv.gz', 'olist-customers'],
  ['olist-sample/olist_orders.csv.gz', 'olist-orders'],
  ['olist-sample/olist_order_items.csv.gz', 'olist-order-items'],
  ['olist-sample/olist_order_payments.csv.gz', 'olist-payments'],
  ['olist-sample/olist_order_reviews.csv.gz', 'olist-reviews'],
  ['olist-sample/olist_products.csv.gz', 'olist-products'],
  ['olist-sample/olist_sellers.csv.gz', 'olist-sellers'],
  ['completejourney/campaign_descriptions.csv.gz', 'completejourney-campaign-descriptions'],
  ['completejourney/campaigns.csv.gz', 'completejourney-campaigns'],
  ['completejourney/coupon_redemptions.csv.gz', 'completejourney-redemptions'],
  ['completejourney/coupons.csv.gz', 'completejourney-coupons'],
  ['completejourney/demographics.csv.gz', 'completejourney-demographics'],
  ['completejourney/products.csv.gz', 'completejourney-products'],
  ['completejourney/promotions_sample.csv.gz', 'completejourney-promotions'],
  ['completejourney/transactions_sample.csv.gz', 'completejourney-transactions'],
  ['tmall-orders/tmall_order_report.csv.gz', 'tmall-orders'],
  ['cdnow/cdnow_master.csv.gz', undefined],
  ['taobao-double11-cosmetics/double11_cosmetics.csv.gz', undefined],
];
describe.skipIf(!existsSync(folder))('real exports (skipped where the data folder is absent beside the repo)', () => {
  test.each(real)('%s is %s', async (path, preset) => {
    const { columns } = await openSource(`${folder}${path}`);
    expect(recognise({ name: basename(path), columns })?.preset).toBe(preset);
  });
});
