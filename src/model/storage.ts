import type { Column, Entity, Kind } from './entities.ts';

/** Where a column of the contract is stored: a moment `x_time` becomes `x_at`; the rest keep their names. */
export function storedName(entity: Entity, column: Column): string {
  if (column.kind !== 'time') return column.name;
  const own = entity.name === 'events' || entity.name === 'reviews';
  return own ? 'at' : column.name.replace(/_time$/, '_at');
}

const types: Readonly<Record<Kind, string>> = {
  text: 'String',
  behavior: 'LowCardinality(String)',
  time: "DateTime64(3, 'UTC')",
  date: 'Date',
  plan: 'Date',
  money: 'Int64',
  number: 'Float64',
  rating: 'Float64',
  flag: 'UInt8',
  gender: 'LowCardinality(String)',
  status: 'LowCardinality(String)',
};

const neverNull: ReadonlySet<Kind> = new Set(['text', 'behavior', 'gender', 'status', 'flag']);

/** Type of a stored column; what may be absent is Nullable, except texts, whose absence is the empty text. */
export function storedType(column: Column): string {
  const type = types[column.kind];
  return column.required || neverNull.has(column.kind) ? type : `Nullable(${type})`;
}

/** The moment that decides a row's business day, first that is there; none for rows that have no day. */
export const dayOf: Readonly<Partial<Record<Entity['name'], readonly string[]>>> = {
  events: ['at'],
  orders: ['pay_at', 'order_at'],
  order_heads: ['pay_at', 'order_at'],
  members: ['join_at'],
  reviews: ['at'],
};

/** Business days of moments that may be absent, kept beside them. */
export const sideDays: Readonly<Partial<Record<Entity['name'], readonly (readonly [day: string, moment: string])[]>>> =
  {
    orders: [['refund_day', 'refund_at']],
    members: [['quit_day', 'quit_at']],
  };
