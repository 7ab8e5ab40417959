import { type Preset, preset } from '../mapping.ts';

/** Events of a multi-category store; `price` is an amount on purchases only, elsewhere it is what the item costs. */
export const rees46Events: Preset = preset.parse({
  name: 'rees46',
  title: { zh: 'REES46 / Open CDP 电商行为数据', en: 'REES46 / Open CDP store events' },
  headers: ['event_time', 'event_type', 'product_id', 'category_id', 'price', 'user_id', 'user_session'],
  entity: 'events',
  source: 'rees46',
  columns: {
    event_time: 'event_time',
    behavior: 'event_type',
    id_user: 'user_id',
    item_id: 'product_id',
    category_id: 'category_id',
    brand: 'brand',
    amount: { column: 'price', when: { column: 'event_type', in: ['purchase'] } },
  },
});
