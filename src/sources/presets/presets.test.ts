import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultIdentity } from '../../identity/types.ts';
import type { Keys } from '../../intake/identifiers.ts';
import { createStage, stageBatch, stageTable } from '../../intake/stage.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import type { Row, Warehouse } from '../../warehouse/warehouse.ts';
import { compileIntake } from '../compile.ts';
import { openSource } from '../read/open.ts';
import { recognise } from '../recognise.ts';
import { bareWarehouse, turn } from '../turning.fixture.ts';
import { presets } from './index.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const secret = '11'.repeat(32);
const keys: Keys = { identifier: secret, digest: secret, reject: secret, identity: defaultIdentity };
const now = '2026-07-01T00:00:00.000Z';

test('a name is given to one preset only', () => {
  const names = presets.map((each) => each.name);
  expect(new Set(names).size).toBe(names.length);
});

test('of two presets that know the same headers all but one wait to be asked', () => {
  const heads = presets.filter((each) => each.asked !== true).map((each) => [...each.headers].sort().join(','));
  expect(new Set(heads).size).toBe(heads.length);
});

describe('the order report of the seller centre', () => {
  const warehouse = bareWarehouse();
  afterAll(() => warehouse.end());
  const columns =
    '订单编号,买家会员名,买家应付货款,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系电话,联系手机,订单创建时间,订单付款时间,宝贝总数量,店铺名称,退款金额';
  const rows = [
    `="1001",tb1,90,100,90.50,交易成功,王小明,上海市,,'13912345678,2026-01-01 10:00:00,2026-01-01 10:01:00,2,溪木,0`,
    '1002,t**1,90,100,0,交易关闭,王**,上海市,,139****5678,2026-01-01 10:00:00,,1,溪木,0',
  ];

  test('takes orders out of their dress, knows no masked buyer, and keeps neither name nor address', async () => {
    const found = recognise({ name: 'ExportOrderList.csv', columns: columns.split(',') });
    const clock = { zone: 'Asia/Shanghai', now };
    const common = { source: 'taobao', clock, identity: keys.identity, identifierKey: secret };
    const intake = {
      ...common,
      mapping: found?.mapping ?? { entity: 'other', columns: {} },
      columns: columns.split(','),
    };
    const what = sql`why, order_id, status, amount, list_amount, length(idents) AS people, props`;
    const cells = rows.map((row) => row.split(','));
    expect(await turn(warehouse, intake, cells, what)).toEqual([
      {
        why: '',
        order_id: '1001',
        status: '交易成功',
        amount: 9050,
        list_amount: 10000,
        people: 2,
        props: { 买家应付货款: '90' },
      },
      {
        why: '',
        order_id: '1002',
        status: 'closed',
        amount: 0,
        list_amount: 10000,
        people: 0,
        props: { 买家应付货款: '90' },
      },
    ]);
  });
});

describe.skipIf(!existsSync(folder))('real exports (skipped where the data folder is absent beside the repo)', () => {
  const home = mkdtempSync(join(tmpdir(), 'presets-'));
  let warehouse: Warehouse;
  let next = 1;
  beforeAll(async () => {
    warehouse = await openWarehouse({ kind: 'embedded', dir: home });
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(home, { recursive: true });
  });

  /** Stages a file by the preset that recognises it. */
  async function staged(path: string) {
    const file = next++;
    const source = await openSource(`${folder}${path}`);
    const found = recognise({ name: basename(path), columns: source.columns });
    if (!found) throw new Error(`${path} is not recognised`);
    const name = found.mapping.source ?? 'files';
    const clock = { zone: 'Asia/Shanghai', now };
    const common = { mapping: found.mapping, source: name, clock, identity: keys.identity, identifierKey: secret };
    const compiled = compileIntake({ ...common, columns: source.columns });
    await createStage(warehouse, file, compiled, keys);
    let number = 0;
    let refused = 0;
    for await (const batch of source.batches()) {
      const result = await stageBatch(warehouse, file, number++, batch, compiled, keys, name, refused === 0);
      refused += result.refused.length;
    }
    const ask = async (what: Fragment): Promise<Row> =>
      (await warehouse.rows(sql`SELECT ${what} FROM ${stageTable(file)}`))[0] ?? {};
    const { rows } = await ask(sql`count() AS rows`);
    return { preset: found.preset, rows, refused, unmapped: compiled.unmapped, ask };
  }

  const counts: [path: string, preset: string, rows: number, unmapped: string][] = [
    ['olist-sample/olist_customers.csv.gz', 'olist-customers', 22_870, 'customer_zip_code_prefix'],
    [
      'olist-sample/olist_orders.csv.gz',
      'olist-orders',
      22_870,
      'order_delivered_carrier_date order_delivered_customer_date order_estimated_delivery_date',
    ],
    ['olist-sample/olist_order_items.csv.gz', 'olist-order-items', 26_109, 'shipping_limit_date freight_value'],
    [
      'olist-sample/olist_order_payments.csv.gz',
      'olist-payments',
      23_849,
      'order_id payment_sequential payment_type payment_installments payment_value',
    ],
    ['olist-sample/olist_order_reviews.csv.gz', 'olist-reviews', 6_866, 'review_comment_title review_answer_timestamp'],
    [
      'olist-sample/olist_products.csv.gz',
      'olist-products',
      32_951,
      'product_name_lenght product_description_lenght product_photos_qty product_weight_g product_length_cm product_height_cm product_width_cm',
    ],
    [
      'olist-sample/olist_sellers.csv.gz',
      'olist-sellers',
      3_095,
      'seller_id seller_zip_code_prefix seller_city seller_state',
    ],
    [
      'completejourney/campaign_descriptions.csv.gz',
      'completejourney-campaign-descriptions',
      27,
      'campaign_id campaign_type start_date end_date',
    ],
    ['completejourney/campaigns.csv.gz', 'completejourney-campaigns', 6_589, 'campaign_id household_id'],
    ['completejourney/coupon_redemptions.csv.gz', 'completejourney-redemptions', 2_102, 'coupon_upc'],
    ['completejourney/coupons.csv.gz', 'completejourney-coupons', 116_204, 'coupon_upc product_id campaign_id'],
    [
      'completejourney/demographics.csv.gz',
      'completejourney-demographics',
      801,
      'income home_ownership marital_status household_size household_comp kids_count',
    ],
    ['completejourney/products.csv.gz', 'completejourney-products', 92_331, 'manufacturer_id package_size'],
    [
      'completejourney/promotions_sample.csv.gz',
      'completejourney-promotions',
      360_535,
      'product_id store_id display_location mailer_location week',
    ],
    [
      'completejourney/transactions_sample.csv.gz',
      'completejourney-transactions',
      75_000,
      'retail_disc coupon_disc coupon_match_disc week',
    ],
  ];
  test.each(counts)('%s is %s, %i rows, every one taken', async (path, preset, rows, unmapped) => {
    const file = await staged(path);
    expect(file).toMatchObject({ preset, rows, refused: 0 });
    expect(file.unmapped.join(' ')).toBe(unmapped);
  });

  test('Taobao UserBehavior: the four behaviours, 983 people', async () => {
    const file = await staged('taobao-userbehavior/userbehavior_983users_9days.csv.gz');
    expect(file).toMatchObject({ preset: 'taobao-userbehavior', rows: 100_001, refused: 0, unmapped: [] });
    const got = await file.ask(sql`uniqExact(who) AS people, countIf(behavior = 'item_view') AS view,
      countIf(behavior = 'cart') AS cart, countIf(behavior = 'favorite') AS favorite, countIf(behavior = 'pay') AS pay`);
    expect(got).toEqual({ people: 983, view: 89_710, cart: 5_446, favorite: 2_744, pay: 2_101 });
  });

  test('REES46: views, carts and purchases; only purchases have an amount, and no price is lost', async () => {
    const file = await staged('rees46-oct2019/events_2019_oct.csv.gz');
    expect(file).toMatchObject({ preset: 'rees46', rows: 17_434, refused: 0 });
    expect(file.unmapped).toEqual(['category_code', 'price', 'user_session']);
    const got = await file.ask(sql`countIf(behavior = 'item_view') AS view, countIf(behavior = 'cart') AS cart,
      countIf(behavior = 'pay') AS pay, countIf(isNotNull(amount)) AS amounts, countIf(props['price'] != '') AS prices,
      toString(min(at)) AS first`);
    expect(got).toEqual({
      view: 17_055,
      cart: 165,
      pay: 214,
      amounts: 214,
      prices: 17_434,
      first: '2019-10-01 00:00:00.000',
    });
  });

  test('Tmall orders: total, paid and refunded as published; nobody is known; unpaid orders are unpaid', async () => {
    const file = await staged('tmall-orders/tmall_order_report.csv.gz');
    expect(file).toMatchObject({ preset: 'tmall-orders', rows: 28_010, refused: 0, unmapped: ['收货地址'] });
    const got = await file.ask(sql`sum(list_amount) AS list, sum(amount) AS paid, sum(refund_amount) AS refund,
      countIf(who != 0) AS known, countIf(status = 'unpaid') AS unpaid`);
    expect(got).toEqual({ list: 299_576_061, paid: 190_248_715, refund: 57_233_592, known: 0, unpaid: 3_923 });
  });

  test('Online Retail: customers, anonymous receipts, refunds, and the published total', async () => {
    const path = 'online-retail/online_retail.csv.gz';
    const file = await staged(path);
    expect(file).toMatchObject({ preset: 'online-retail', rows: 541_909, refused: 0 });
    const read = receiptTotals(`${folder}${path}`);
    expect(read.exact).toBe(9_747_747_934n);
    const got = await file.ask(sql`uniqExactIf(who, who != 0) AS customers, countIf(who = 0) AS anonymous,
      countIf(refund_amount IS NOT NULL) AS refunds, sum(amount) AS sold, sum(refund_amount) AS refunded,
      countIf(refund_amount > 0 AND refund_at = order_at AND amount = 0) AS dated`);
    expect(got).toEqual({
      customers: 4_372,
      anonymous: 135_080,
      refunds: 9_288,
      sold: Number(read.sold),
      refunded: Number(read.refunded),
      dated: read.refundLines,
    });
  });

  test('Olist: the head of an order and its review are of one person, through the order', async () => {
    const heads = await staged('olist-sample/olist_orders.csv.gz');
    const reviews = await staged('olist-sample/olist_order_reviews.csv.gz');
    const { rows } = await reviews.ask(
      sql`countIf(who IN (SELECT arrayJoin(idents) FROM ${stageTable(next - 2)})) AS rows`,
    );
    const { keys: names } = await reviews.ask(sql`uniqExact(key) AS keys`);
    expect([heads.refused, rows, names]).toEqual([0, 6_866, 6_866]);
  });

  test('Complete Journey: a category is its three levels', async () => {
    const file = await staged('completejourney/products.csv.gz');
    const got = await file.ask(
      sql`anyIf(category, item_id = '25671') AS full, anyIf(category, item_id = '26081') AS top`,
    );
    expect(got).toEqual({ full: 'GROCERY/FRZN ICE/ICE - CRUSHED/CUBED', top: 'MISCELLANEOUS' });
  });
});

/** Totals of the receipts by plain arithmetic: `exact` in thousandths, the others in pence, rounded a line. */
function receiptTotals(path: string) {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  let exact = 0n;
  let sold = 0n;
  let refunded = 0n;
  let refundLines = 0;
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const cells = line.trimEnd().match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
    const [invoice = '', , , quantity = '', , price = ''] = cells.map((each) => each.replace(/,$/, ''));
    const value = BigInt(quantity) * BigInt(Math.round(Number(price) * 1000));
    const pence = (value + (value < 0n ? -5n : 5n)) / 10n;
    exact += value;
    if (!invoice.startsWith('C')) sold += pence;
    else refunded += pence < 0n ? -pence : pence;
    if (invoice.startsWith('C') && pence !== 0n) refundLines += 1;
  }
  return { exact, sold, refunded, refundLines };
}
