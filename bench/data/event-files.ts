import type { Plan } from '../work.ts';
import { FileWriter } from './file-writer.ts';
import { Random } from './random.ts';

/** Last business day of the generated files. */
export const fileDay = '2017-12-03';
const DAYS = 180;
const SECONDS_PER_DAY = 86_400;
const ITEMS = 4_000_000;
const CATEGORIES = 9_439;
const SEED = 649;

export const consumersOf = ({ events }: Plan): number => Math.max(1, Math.round(events / 10));

/** Behaviours by the hundred, in the shares of Taobao's published sample. */
const behaviors = [
  ...Array<string>(90).fill('pv'),
  ...Array<string>(5).fill('cart'),
  ...Array<string>(3).fill('fav'),
  ...Array<string>(2).fill('buy'),
];

/** Epoch second of the n-th event: in the order of time, evenly over the days, business time of Shanghai. */
function secondOf(n: number, events: number): number {
  const end = Date.parse(`${fileDay}T24:00:00+08:00`) / 1000;
  return end - DAYS * SECONDS_PER_DAY + Math.floor((n / events) * DAYS * SECONDS_PER_DAY);
}

/** A file as Taobao's UserBehavior: user_id, item_id, category_id, behavior, timestamp. */
export function writeUserBehavior(path: string, plan: Plan): void {
  const random = new Random(SEED);
  const file = new FileWriter(path);
  const consumers = consumersOf(plan);
  file.text('user_id,item_id,category_id,behavior,timestamp\n');
  for (let n = 0; n < plan.events; n += 1) {
    file.number(1 + random.skewed(consumers));
    writeItem(file, random.skewed(ITEMS));
    file.text(`,${behaviors[random.below(100)]},`);
    file.number(secondOf(n, plan.events));
    file.text('\n');
  }
  file.close();
}

/** A file of the contract: every row has an event_id and a device, a tenth of them a user too; a consumer has two devices. */
export function writeEventsWithIds(path: string, plan: Plan): void {
  const random = new Random(SEED);
  const file = new FileWriter(path);
  const consumers = consumersOf(plan);
  file.text('event_id,event_time,behavior,id_device,id_user,item_id,category_id\n');
  for (let n = 0; n < plan.events; n += 1) {
    const consumer = random.skewed(consumers);
    file.text('e');
    file.number(n);
    file.text(',');
    file.number(secondOf(n, plan.events));
    file.text(`,${behaviors[random.below(100)]},${deviceOf(consumer * 2 + random.below(2))},`);
    if (random.below(10) === 0) file.number(1 + consumer);
    writeItem(file, random.skewed(ITEMS));
    file.text('\n');
  }
  file.close();
}

/** Sixteen hexadecimal digits, no two devices alike. */
function deviceOf(n: number): string {
  const scattered = Math.imul(n, 0x9e3779b1) >>> 0;
  return scattered.toString(16).padStart(8, '0') + n.toString(16).padStart(8, '0');
}

function writeItem(file: FileWriter, item: number): void {
  file.text(',');
  file.number(1 + item);
  file.text(',');
  file.number(1 + (item % CATEGORIES));
}
