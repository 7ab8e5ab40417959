import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openSource } from './open.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** File, records and columns, as the README of each set counts them. */
const files: [string, number, number][] = [
  ['taobao-userbehavior/userbehavior_983users_9days.csv.gz', 100_001, 5],
  ['online-retail/online_retail.csv.gz', 541_909, 8],
  ['olist-sample/olist_customers.csv.gz', 22_870, 5],
  ['olist-sample/olist_order_items.csv.gz', 26_109, 7],
  ['olist-sample/olist_order_payments.csv.gz', 23_849, 5],
  ['olist-sample/olist_order_reviews.csv.gz', 6_866, 7],
  ['olist-sample/olist_orders.csv.gz', 22_870, 8],
  ['olist-sample/olist_products.csv.gz', 32_951, 9],
  ['olist-sample/olist_sellers.csv.gz', 3_095, 4],
  ['completejourney/campaign_descriptions.csv.gz', 27, 4],
  ['completejourney/campaigns.csv.gz', 6_589, 2],
  ['completejourney/coupon_redemptions.csv.gz', 2_102, 4],
  ['completejourney/coupons.csv.gz', 116_204, 3],
  ['completejourney/demographics.csv.gz', 801, 8],
  ['completejourney/products.csv.gz', 92_331, 7],
  ['completejourney/promotions_sample.csv.gz', 360_535, 5],
  ['completejourney/transactions_sample.csv.gz', 75_000, 11],
  ['rees46-oct2019/events_2019_oct.csv.gz', 17_434, 9],
  ['tmall-orders/tmall_order_report.csv.gz', 28_010, 7],
];

describe.skipIf(!existsSync(folder))('real exports (skipped where the data folder is absent beside the repo)', () => {
  test.each(files)('%s has %i records of %i columns, none broken', async (file, records, columns) => {
    const source = await openSource(`${folder}${file}`);
    let rows = 0;
    let broken = 0;
    for await (const batch of source.batches()) {
      rows += batch.rows;
      broken += batch.broken.length;
    }
    expect([rows, source.columns.length, broken]).toEqual([records, columns, 0]);
  });
});
