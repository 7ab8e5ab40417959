/** What a file's cell must be to be taken, and how it is stored. */
export type Kind =
  | 'text'
  | 'behavior' // a word of the vocabulary, or any other word kept as it stands
  | 'time' // a moment that has happened; stored as DateTime64(3, 'UTC')
  | 'date' // a day in the business zone that has happened
  | 'plan' // a day that may lie ahead (a launch)
  | 'money' // decimal in major units, stored as an integer count of the minor unit
  | 'number'
  | 'rating' // 1 to 5
  | 'flag'
  | 'gender'
  | 'status'; // an order's state, mapped to the words of `orderStatuses`

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly required?: true;
}

/** One kind of row of the contract, §1. */
export interface Entity {
  readonly name: EntityName;
  /** Where its rows live in the warehouse. */
  readonly table: string;
  /** Rows are about a person: they carry `id_*` columns and get a consumer. */
  readonly personal: boolean;
  /** Columns that name a row within its source; a later row of the same key replaces the earlier. Empty: (file, line). */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

export const entityNames = [
  'events',
  'orders',
  'order_heads',
  'items',
  'consumers',
  'members',
  'reviews',
  'media_spend',
  'contents',
  'creators',
  'inventory',
  'other',
] as const;
export type EntityName = (typeof entityNames)[number];

const text = (...names: string[]): Column[] => names.map((name) => ({ name, kind: 'text' }));
const of = (kind: Kind, ...names: string[]): Column[] => names.map((name) => ({ name, kind }));
const must = (kind: Kind, name: string): Column => ({ name, kind, required: true });

export const entities: Readonly<Record<EntityName, Entity>> = {
  /** A behaviour at a moment. With an event_id it counts once per source, whatever its file. */
  events: {
    name: 'events',
    table: 'events',
    personal: true,
    key: ['event_id'],
    columns: [
      ...text('event_id'),
      must('time', 'event_time'),
      must('behavior', 'behavior'),
      ...text('brand', 'shop', 'platform', 'channel', 'campaign_id', 'creative_id', 'content_id', 'creator_id'),
      ...text('item_id', 'category_id', 'keyword', 'order_id'),
      ...of('number', 'quantity'),
      ...of('money', 'amount', 'cost'),
      ...of('number', 'value'),
    ],
  },
  /** One line of an order. */
  orders: {
    name: 'orders',
    table: 'order_lines',
    personal: true,
    key: ['order_id', 'line_id'],
    columns: [
      must('text', 'order_id'),
      ...text('line_id'),
      must('time', 'order_time'),
      ...of('time', 'pay_time'),
      ...of('status', 'status'),
      ...text('item_id', 'category_id', 'brand', 'shop', 'platform', 'channel'),
      ...of('number', 'quantity'),
      ...of('money', 'list_amount'),
      must('money', 'amount'),
      ...of('money', 'refund_amount'),
      ...of('time', 'refund_time'),
    ],
  },
  /** What a platform keeps once an order, apart from its lines: lines without a time take it from here. */
  order_heads: {
    name: 'order_heads',
    table: 'order_heads',
    personal: true,
    key: ['order_id'],
    columns: [
      must('text', 'order_id'),
      must('time', 'order_time'),
      ...of('time', 'pay_time'),
      ...of('status', 'status'),
      ...text('shop', 'platform', 'channel'),
    ],
  },
  items: {
    name: 'items',
    table: 'items',
    personal: false,
    key: ['item_id'],
    columns: [
      must('text', 'item_id'),
      ...text('title', 'brand', 'category_id', 'category'),
      ...of('money', 'price', 'cost'),
      ...of('plan', 'launch_date'),
    ],
  },
  /** A profile: what is known of a person beside behaviour. */
  consumers: {
    name: 'consumers',
    table: 'profiles',
    personal: true,
    key: ['who'],
    columns: [
      ...of('gender', 'gender'),
      ...of('number', 'birth_year'),
      ...text('age_band', 'province', 'city'),
      ...of('number', 'city_tier', 'spend_level'),
      ...text('occupation'),
      ...of('number', 'baby_age'),
    ],
  },
  /** One membership from joining to quitting. */
  members: {
    name: 'members',
    table: 'memberships',
    personal: true,
    key: ['who', 'shop', 'join_time'],
    columns: [
      ...text('member_no'),
      must('time', 'join_time'),
      ...of('time', 'quit_time'),
      ...text('tier'),
      ...of('number', 'points'),
      ...text('shop'),
    ],
  },
  reviews: {
    name: 'reviews',
    table: 'reviews',
    personal: true,
    key: ['review_id'],
    columns: [
      ...text('review_id'),
      must('time', 'review_time'),
      ...text('item_id', 'order_id'),
      ...of('rating', 'rating'),
      ...text('text'),
      ...of('flag', 'append'),
    ],
  },
  media_spend: {
    name: 'media_spend',
    table: 'media_spend',
    personal: false,
    key: ['date', 'platform', 'channel', 'campaign_id', 'creative_id'],
    columns: [
      must('date', 'date'),
      ...text('platform'),
      must('text', 'channel'),
      ...text('campaign_id', 'creative_id'),
      ...of('number', 'impressions', 'clicks'),
      must('money', 'cost'),
    ],
  },
  contents: {
    name: 'contents',
    table: 'contents',
    personal: false,
    key: ['content_id'],
    columns: [
      must('text', 'content_id'),
      ...text('kind', 'title', 'text', 'creator_id', 'platform'),
      must('time', 'publish_time'),
      ...of('money', 'cost'),
      ...text('item_ids'),
    ],
  },
  creators: {
    name: 'creators',
    table: 'creators',
    personal: false,
    key: ['creator_id'],
    columns: [must('text', 'creator_id'), ...text('name', 'platform'), ...of('number', 'followers')],
  },
  inventory: {
    name: 'inventory',
    table: 'inventory',
    personal: false,
    key: ['date', 'item_id'],
    columns: [
      must('date', 'date'),
      must('text', 'item_id'),
      ...of('number', 'on_hand', 'in_transit'),
      ...of('money', 'price'),
    ],
  },
  /** Rows of a known platform file that the contract has no place for yet: kept whole, in `props`. */
  other: { name: 'other', table: 'other_rows', personal: false, key: [], columns: [] },
};
