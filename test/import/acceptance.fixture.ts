import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Row, World } from '../oracle/world.ts';
import { world } from '../oracle/world.ts';

/** Real exports that lie beside the repo on machines that have them. */
export const data = '../shared/data';
export const hasData = existsSync(data);

/** The rows of a gzipped CSV by a reader of its own, quotes and line breaks in cells understood. */
export function csvRows(path: string): Row[] {
  const text = gunzipSync(readFileSync(`${data}/${path}`)).toString('utf8');
  const [head = [], ...records] = recordsOf(text);
  return records.map((cells) => Object.fromEntries(head.map((name, i) => [name.trim(), cells[i] ?? ''])));
}

function recordsOf(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  const records: string[][] = [];
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, value = '', end = ''] = cell.exec(text) ?? [];
    record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** Distinct values of a column, the empty one left out. */
export function distinct(rows: readonly Row[], column: string): number {
  return new Set(rows.map((row) => row[column]).filter((value) => value)).size;
}

const olistStatus: Readonly<Record<string, string>> = {
  created: 'unpaid',
  canceled: 'cancelled',
  unavailable: 'cancelled',
};

/** What the Olist files say, joined here by hand: lines and reviews of the person behind each order. */
export function olistWorld(): World {
  const person = new Map(
    csvRows('olist-sample/olist_customers.csv.gz').map((row) => [row.customer_id ?? '', row.customer_unique_id ?? '']),
  );
  const orders = new Map(csvRows('olist-sample/olist_orders.csv.gz').map((row) => [row.order_id ?? '', row]));
  const who = (order_id: string | undefined) => person.get(orders.get(order_id ?? '')?.customer_id ?? '') ?? '';
  const lines = csvRows('olist-sample/olist_order_items.csv.gz').map((row) => {
    const head = orders.get(row.order_id ?? '') ?? {};
    return {
      order_id: row.order_id ?? '',
      line_id: row.order_item_id ?? '',
      order_time: head.order_purchase_timestamp ?? '',
      pay_time: head.order_approved_at ?? '',
      status: olistStatus[head.order_status ?? ''] ?? head.order_status ?? '',
      id_user: who(row.order_id),
      item_id: row.product_id ?? '',
      amount: row.price ?? '',
    };
  });
  const reviews = csvRows('olist-sample/olist_order_reviews.csv.gz').map((row) => ({
    review_id: `${row.review_id} ${row.order_id}`,
    review_time: row.review_creation_date ?? '',
    rating: row.review_score ?? '',
    id_user: who(row.order_id),
  }));
  const items = csvRows('olist-sample/olist_products.csv.gz').map((row) => ({
    item_id: row.product_id ?? '',
    category_id: row.product_category_name ?? '',
  }));
  return world({ orders: lines, reviews, items });
}
