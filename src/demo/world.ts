import type { Day } from '../base/day.ts';
import { type Calendar, dayOf, historyEnd, makeCalendar, secondsPerDay } from './calendar.ts';
import { type Catalog, drawsOn, makeCatalog } from './catalog.ts';
import { type Contents, makeContents } from './contents.ts';
import { DEVICE, type Household, junk, type Person, type Touch } from './household.ts';
import { type Media, makeMedia } from './media.ts';
import { nth, type Random } from './random.ts';
import { tailText } from './rows.ts';

/** Everything that is the same for all people of one make-believe brand. */
export interface World {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly catalog: Catalog;
  readonly contents: Contents;
  readonly media: Media;
  /** Cells of an event on an item at a platform, ready to write: `itemTails[platform][item]`. */
  readonly itemTails: Readonly<Record<string, readonly string[]>>;
  /** Cells of an event in the shop that names no item. */
  readonly shopTails: Readonly<Record<string, string>>;
  readonly brandWords: readonly string[];
  readonly genericWords: readonly string[];
}

export const shops: Readonly<Record<string, string>> = {
  taobao: '溪木旗舰店',
  tmall: '溪木旗舰店',
  douyin: '溪木抖音旗舰店',
  xiaohongshu: '溪木小红书店',
  wechat: '溪木官方小程序',
};

/** Where in the platform an order was placed. */
export const counters: Readonly<Record<string, string>> = {
  taobao: '手机淘宝',
  tmall: '手机天猫',
  douyin: '抖音商城',
  xiaohongshu: '小红书店铺',
  wechat: '小程序',
};

const brandWords = [
  '溪木',
  '溪木官方旗舰店',
  '溪木精华',
  '溪木面膜',
  '溪木防晒',
  '溪木 618',
  '木野洗发水',
  '溪木是什么牌子',
];
const genericWords = [
  ...['补水面膜', '敏感肌精华', '氨基酸洗面奶', '防晒霜 不油腻', '抗初老 精华', '烟酰胺', '孕妇可用护肤品'],
  ...['宝宝面霜', '控油洗发水', '护手霜 秋冬', '身体乳 留香', '粉底液 干皮', '修护屏障 面霜', '学生党 水乳'],
];

export function makeWorld(seed: number, end: Day): World {
  const calendar = makeCalendar(end);
  const catalog = makeCatalog(calendar.from, end);
  const platforms = Object.entries(shops);
  const words = (list: readonly string[]) =>
    list.map((keyword) => tailText({ platform: 'taobao', channel: '淘宝搜索', keyword }));
  return {
    seed,
    calendar,
    catalog,
    contents: makeContents(calendar, catalog, seed),
    media: makeMedia(calendar, seed),
    itemTails: Object.fromEntries(
      platforms.map(([platform, shop]) => [
        platform,
        catalog.items.map((item) =>
          tailText({ brand: item.brand, shop, platform, item_id: item.id, category_id: item.categoryId }),
        ),
      ]),
    ),
    shopTails: Object.fromEntries(platforms.map(([platform, shop]) => [platform, tailText({ shop, platform })])),
    brandWords: words(brandWords),
    genericWords: words(genericWords),
  };
}

/** Cells of an event on an item at a platform. */
export function itemTail(world: World, platform: string, item: number): string {
  return nth(world.itemTails[platform] ?? [], item);
}

/** Cells of an event in a platform's shop, on no item. */
export function shopTail(world: World, platform: string): string {
  const tail = world.shopTails[platform];
  if (tail === undefined) throw new RangeError(`no shop on ${platform}`);
  return tail;
}

/** One household while it lives: the world around it, its luck, and what it leaves behind. */
export interface Scene {
  readonly world: World;
  readonly random: Random;
  readonly household: Household;
}

/** A second on a day, at an hour when people are awake. */
export function moment({ world, random }: Scene, day: number): number {
  return day * secondsPerDay + random.draw(world.calendar.minutes) * 60 + random.below(60);
}

/** Adds a row of the events files that is no ad. */
export function touch(
  scene: Scene,
  person: Person,
  row: { at: number; behavior: string; ids: number; tail: string },
): void {
  const { at, behavior, ids, tail } = row;
  push(scene, { at, behavior, who: person.who, ids, tail, slot: -1, odd: 0 });
}

/**
 * Adds a row of the events files; what would fall outside the history never happened.
 * In one row of eighty the device is spoiled, as in real exports.
 */
export function push({ random, household }: Scene, row: Touch): void {
  if (row.at < 0 || row.at >= historyEnd) return;
  if (row.odd === 0 && (row.ids & DEVICE) === 0 && random.chance(1 / 80)) {
    household.touches.push({ ...row, odd: random.between(1, junk.length - 1) });
  } else {
    household.touches.push(row);
  }
}

/** An item that sells on the day. */
export function itemOn({ world, random }: Scene, at: number): number {
  return random.draw(drawsOn(world.catalog, Math.min(729, Math.max(0, dayOf(at)))));
}
