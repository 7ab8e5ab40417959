import type { ContractEntity } from '../api/data.ts';
import type { Text } from '../base/text.ts';
import { type EntityName, entities } from '../model/entities.ts';
import { presets } from '../sources/presets/index.ts';

const titles: Readonly<Record<EntityName, Text>> = {
  events: { zh: '行为', en: 'Events' },
  orders: { zh: '订单', en: 'Orders' },
  order_heads: { zh: '订单主表', en: 'Order heads' },
  items: { zh: '商品', en: 'Items' },
  consumers: { zh: '消费者资料', en: 'Consumer profiles' },
  members: { zh: '会员', en: 'Members' },
  reviews: { zh: '评价', en: 'Reviews' },
  media_spend: { zh: '媒体花费', en: 'Media spend' },
  contents: { zh: '内容', en: 'Contents' },
  creators: { zh: '达人', en: 'Creators' },
  inventory: { zh: '库存', en: 'Inventory' },
  other: { zh: '其他（原样保留）', en: 'Other (kept as it is)' },
};

/** Columns a mapping may fill, an entity at a time. */
export function contractEntities(): ContractEntity[] {
  return Object.values(entities).map(({ name, personal, columns }) => ({
    name,
    title: titles[name],
    personal,
    columns: columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      required: column.required === true,
    })),
  }));
}

/** Files of known platforms: name, title, entity, and the headers they are recognised by. */
export function knownPresets() {
  return presets.map(({ name, title, entity, headers }) => ({ name, title, entity, headers }));
}
