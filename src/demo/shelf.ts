import { addDays } from '../base/day.ts';
import { historyDays } from './calendar.ts';
import { brand, giftItem, type Item } from './catalog.ts';
import { csvLine, yuan } from './rows.ts';
import type { World } from './world.ts';

/** The lines of items. */
export function* itemLines({ catalog, calendar }: World): Iterable<string> {
  for (const item of catalog.items) {
    const { id, title, categoryId, category, price, cost, launch, spec } = item;
    yield csvLine([id, title, item.brand, categoryId, category, yuan(price), yuan(cost), launch, spec]);
  }
  const launch = addDays(calendar.from, -60);
  yield csvLine([giftItem, '溪木旅行装小样', brand, 'C901', '赠品/小样', '0.00', '3.50', launch, '5ml']);
}

/** The lines of inventory, a line an item and day: stock falls by what is sold and is ordered up each Monday. */
export function* inventoryLines(world: World, sold: Uint32Array): Iterable<string> {
  const { catalog } = world;
  for (const [index, item] of catalog.items.entries()) {
    const units = sold.subarray(index * historyDays, (index + 1) * historyDays);
    yield* stockOf(world, item, units);
  }
}

/** A replenishment of five weeks' recent sales arrives a week after it is ordered. */
function* stockOf({ calendar }: World, item: Item, sold: Uint32Array): Iterable<string> {
  let onHand = 60 + 2 * Math.max(...sold);
  let coming = 0;
  for (let day = 0; day < historyDays; day++) {
    const date = calendar.days[day] ?? '';
    if (item.launch > date) continue;
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1) {
      onHand += coming;
      const recent = sold.subarray(Math.max(0, day - 28), day).reduce((sum, units) => sum + units, 0);
      coming = Math.max(0, Math.ceil(recent * 1.25) + 40 - onHand);
    }
    onHand = Math.max(0, onHand - (sold[day] ?? 0));
    const price = Math.round((item.price * (calendar.discounts[day] ?? 1)) / 100) * 100;
    yield csvLine([date, item.id, onHand, coming, yuan(price)]);
  }
}
