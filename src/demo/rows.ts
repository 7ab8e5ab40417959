/** A cell ready to be written; absent is empty. */
export type Cell = string | number | undefined;

/** Columns of the events files after the identifiers, in the order of the contract. */
export const tailColumns = [
  'brand',
  'shop',
  'platform',
  'channel',
  'campaign_id',
  'creative_id',
  'content_id',
  'creator_id',
  'item_id',
  'category_id',
  'keyword',
  'order_id',
  'quantity',
  'amount',
] as const;
export type Tail = Partial<Record<(typeof tailColumns)[number], Cell>>;

/** Header of each file of the demo brand. */
export const headers = {
  events: ['event_id', 'event_time', 'behavior', 'id_user', 'id_device', 'id_openid', 'id_phone', ...tailColumns],
  orders: [
    ...['order_id', 'line_id', 'order_time', 'pay_time', 'status', 'id_user', 'id_device', 'id_openid', 'id_phone'],
    ...['item_id', 'category_id', 'brand', 'shop', 'platform', 'channel', 'quantity', 'list_amount', 'amount'],
    ...['refund_amount', 'refund_time'],
  ],
  items: ['item_id', 'title', 'brand', 'category_id', 'category', 'price', 'cost', 'launch_date', 'spec'],
  consumers: [
    ...['id_user', 'gender', 'birth_year', 'age_band', 'province', 'city', 'city_tier', 'spend_level'],
    ...['occupation', 'baby_age', 'skin_type'],
  ],
  members: [
    ...['id_member', 'id_user', 'id_openid', 'id_phone', 'member_no', 'join_time', 'quit_time'],
    ...['tier', 'points', 'shop'],
  ],
  media_spend: ['date', 'platform', 'channel', 'campaign_id', 'creative_id', 'impressions', 'clicks', 'cost'],
  contents: ['content_id', 'kind', 'title', 'text', 'creator_id', 'platform', 'publish_time', 'cost', 'item_ids'],
  creators: [
    ...['creator_id', 'name', 'platform', 'followers', 'share_gender_f', 'share_gender_m'],
    ...['share_age_band_18-24', 'share_age_band_25-29', 'share_city_tier_1', 'share_city_tier_2'],
  ],
  inventory: ['date', 'item_id', 'on_hand', 'in_transit', 'price'],
} as const;

/** One line of CSV; a cell with a comma, quote or line break is quoted. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

/** The cells after the identifiers, with the comma before them and the line's end. */
export function tailText(tail: Tail): string {
  return `,${tailColumns.map((name) => csvCell(tail[name])).join(',')}\n`;
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  const text = String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
