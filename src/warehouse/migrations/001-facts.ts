import type { Step } from '../facts.ts';

/**
 * Facts, one table an entity. Sorted by consumer, because every question groups by consumer; parts a year of business
 * days. The tail of every table: `who` (the card of identifiers the row carried), `key` (its identity, 0 where file and
 * line are it), `body` (hash of its content, 0 where it has no key), and where it came from. Money counts minor units.
 * `<table>_past` holds the rows that lost to another row of the same key, so that undoing an import can bring them back.
 */
const personal = `
  who UInt64,
  key UInt128,
  body UInt64,
  source LowCardinality(String),
  file UInt32,
  line UInt64 CODEC(T64, LZ4),
  props Map(String, String)`;

const common = personal.replace('who UInt64,', '');

const events = `
  consumer UInt32,
  day Date,
  at DateTime64(3, 'UTC') CODEC(T64, LZ4),
  behavior LowCardinality(String),
  brand LowCardinality(String),
  shop LowCardinality(String),
  platform LowCardinality(String),
  channel LowCardinality(String),
  campaign_id LowCardinality(String),
  creative_id LowCardinality(String),
  content_id LowCardinality(String),
  creator_id LowCardinality(String),
  item_id String,
  category_id LowCardinality(String),
  keyword LowCardinality(String),
  order_id String,
  quantity Float64 DEFAULT 1,
  amount Int64,
  cost Int64,
  value Nullable(Float64),
  event_id String,`;

const orderLines = `
  consumer UInt32,
  day Date,
  order_id String,
  line_id String,
  order_at Nullable(DateTime64(3, 'UTC')),
  pay_at Nullable(DateTime64(3, 'UTC')),
  status LowCardinality(String),
  item_id String,
  category_id LowCardinality(String),
  brand LowCardinality(String),
  shop LowCardinality(String),
  platform LowCardinality(String),
  channel LowCardinality(String),
  quantity Nullable(Float64),
  list_amount Nullable(Int64),
  amount Int64,
  refund_amount Nullable(Int64),
  refund_at Nullable(DateTime64(3, 'UTC')),
  refund_day Nullable(Date),`;

const orderHeads = `
  consumer UInt32,
  day Date,
  order_id String,
  order_at DateTime64(3, 'UTC'),
  pay_at Nullable(DateTime64(3, 'UTC')),
  status LowCardinality(String),
  shop LowCardinality(String),
  platform LowCardinality(String),
  channel LowCardinality(String),`;

const memberships = `
  consumer UInt32,
  day Date,
  member_no String,
  join_at DateTime64(3, 'UTC'),
  quit_at Nullable(DateTime64(3, 'UTC')),
  quit_day Nullable(Date),
  tier LowCardinality(String),
  points Nullable(Float64),
  shop LowCardinality(String),`;

const reviews = `
  consumer UInt32,
  day Date,
  at DateTime64(3, 'UTC'),
  review_id String,
  item_id String,
  order_id String,
  rating Nullable(Float64),
  text String,
  append UInt8,`;

const profiles = `
  consumer UInt32,
  gender LowCardinality(String),
  birth_year Nullable(Float64),
  age_band LowCardinality(String),
  province LowCardinality(String),
  city LowCardinality(String),
  city_tier Nullable(Float64),
  spend_level Nullable(Float64),
  occupation LowCardinality(String),
  baby_age Nullable(Float64),`;

const items = `
  item_id String,
  title String,
  brand LowCardinality(String),
  category_id LowCardinality(String),
  category LowCardinality(String),
  price Nullable(Int64),
  cost Nullable(Int64),
  launch_date Nullable(Date),`;

const mediaSpend = `
  date Date,
  platform LowCardinality(String),
  channel LowCardinality(String),
  campaign_id LowCardinality(String),
  creative_id String,
  impressions Nullable(Float64),
  clicks Nullable(Float64),
  cost Int64,`;

const contents = `
  content_id String,
  kind LowCardinality(String),
  title String,
  text String,
  creator_id String,
  platform LowCardinality(String),
  publish_at DateTime64(3, 'UTC'),
  cost Nullable(Int64),
  item_ids String,`;

const creators = `
  creator_id String,
  name String,
  platform LowCardinality(String),
  followers Nullable(Float64),`;

const inventory = `
  date Date,
  item_id String,
  on_hand Nullable(Float64),
  in_transit Nullable(Float64),
  price Nullable(Int64),`;

const tables: ReadonlyArray<readonly [name: string, columns: string, tail: string, layout: string]> = [
  ['events', events, personal, 'PARTITION BY toYear(day) ORDER BY (consumer, day, behavior)'],
  ['order_lines', orderLines, personal, 'ORDER BY (consumer, day, order_id)'],
  ['order_heads', orderHeads, personal, 'ORDER BY (order_id)'],
  ['memberships', memberships, personal, 'ORDER BY (consumer, day)'],
  ['reviews', reviews, personal, 'ORDER BY (consumer, day)'],
  ['profiles', profiles, personal, 'ORDER BY (consumer)'],
  ['items', items, common, 'ORDER BY (item_id)'],
  ['media_spend', mediaSpend, common, 'ORDER BY (date, channel)'],
  ['contents', contents, common, 'ORDER BY (content_id)'],
  ['creators', creators, common, 'ORDER BY (creator_id)'],
  ['inventory', inventory, common, 'ORDER BY (item_id, date)'],
  ['other_rows', '', common, 'ORDER BY (file, line)'],
];

const deduplicated = 'SETTINGS non_replicated_deduplication_window = 1000';
/** Small granules in small blocks: a few consumers are found among a hundred million rows at a third of the reading. */
const fine = 'index_granularity = 1024, min_compress_block_size = 4096';

export const steps: readonly Step[] = [
  ...tables.flatMap(([name, columns, tail, layout]): Step[] => {
    const settings = tail === personal ? `${deduplicated}, ${fine}` : deduplicated;
    const made = { table: name, columns: `${columns}${tail}`, layout: `${layout} ${settings}` };
    return [
      tail === personal
        ? made
        : `CREATE TABLE IF NOT EXISTS ${name} (${made.columns}) ENGINE = MergeTree ${made.layout}`,
      `CREATE TABLE IF NOT EXISTS ${name}_past (${made.columns}) ENGINE = MergeTree ORDER BY (key)`,
    ];
  }),

  /** What could not be taken: the raw text is encrypted with the home's key and goes when replayed or after 30 days. */
  `CREATE TABLE IF NOT EXISTS rejects (
    file UInt32, line UInt64, column LowCardinality(String), reason LowCardinality(String), value String,
    raw String, at DateTime('UTC')
  ) ENGINE = MergeTree ORDER BY (file, line)`,

  /** An identifier: its type and its value, or the keyed hash of it where the type is personal. */
  `CREATE TABLE IF NOT EXISTS identifiers (
    ident UInt64, type LowCardinality(String), scope LowCardinality(String), value String
  ) ENGINE = ReplacingMergeTree ORDER BY ident`,

  /** MD5 and SHA-256 of a personal identifier's normalised value, encrypted with the home's key, apart from the facts. */
  'CREATE TABLE IF NOT EXISTS digests (ident UInt64, sealed String) ENGINE = ReplacingMergeTree ORDER BY ident',

  /** A card: identifiers that stood together on rows of a file, and the first line that shows it. */
  `CREATE TABLE IF NOT EXISTS cards (
    who UInt64, idents Array(UInt64), file UInt32, line UInt64, rows UInt64
  ) ENGINE = MergeTree ORDER BY (who, file)`,

  /** Which cards of two or more identifiers an identifier stands on. */
  `CREATE TABLE IF NOT EXISTS links (
    ident UInt64, who UInt64, file UInt32
  ) ENGINE = MergeTree ORDER BY (ident, who)`,

  /** Which consumer a card, or an identifier, belongs to; 0 is nobody. The latest version of a card holds. */
  `CREATE TABLE IF NOT EXISTS people (
    who UInt64, consumer UInt32, version UInt64
  ) ENGINE = ReplacingMergeTree(version) ORDER BY who`,

  /** Identifiers that stand for more people than one can be, and how many of which type say so. */
  `CREATE TABLE IF NOT EXISTS shared (
    ident UInt64, type LowCardinality(String), people UInt32, version UInt64
  ) ENGINE = ReplacingMergeTree(version) ORDER BY ident`,
];
