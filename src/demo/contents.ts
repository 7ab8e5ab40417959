import type { Calendar } from './calendar.ts';
import { timeText } from './calendar.ts';
import { brand, type Catalog } from './catalog.ts';
import { nth, Random } from './random.ts';
import { csvLine, tailText, yuan } from './rows.ts';

/** What creators published about the brand, oldest first. */
export interface Contents {
  /** Cells of an event on the content at this place of the list, ready to write. */
  readonly tails: readonly string[];
  /** How many were out at the start of each day. */
  readonly published: readonly number[];
  readonly contentLines: readonly string[];
  readonly creatorLines: readonly string[];
}

const creatorCount = 40;
const contentCount = 360;
const creatorNames = [
  ...['小满的护肤日记', '阿梨成分党', '林间慢慢', '糯米妈咪', '敏敏敏感肌', '北野同学', '桃子在通勤', '梳子研究所'],
  ...['早八人小鹿', '油皮阿泽', '沈医生讲皮肤', '柚子家的娃', '一只白茶', '省钱小队长', '晚安洗脸仪式', '大橙子测评'],
];
const placeNames = ['', '的小屋', 'Lab', '在杭州', '碎碎念'];
const skins = ['敏感肌', '大油皮', '干皮', '混油皮', '熬夜党', '孕期', '学生党', '通勤族', '新手妈妈', '早C晚A人'];
const hooks = [
  ...['空瓶三次才敢说', '无广实测28天', '终于等到它', '换季救急', '素颜也能打', '后悔没早买'],
  ...['柜姐不会告诉你', '一张图讲清楚', '大促必囤清单', '回购理由只有一个', '从烂脸到稳定', '成分扒一扒'],
];
const claims = [
  ...['肤感清爽不粘，上脸三秒就吸收。', '坚持用了四周，泛红少了很多。', '早晚各一次，毛孔看起来干净不少。'],
  ...['价格友好，大促囤两瓶正好。', '味道很淡，像雨后的林子。', '搭配同系列水乳，保湿能撑一整天。'],
];

/** Seeded creators and contents spread evenly over the history. */
export function makeContents(calendar: Calendar, catalog: Catalog, seed: number): Contents {
  const random = new Random();
  random.restart(seed, -2);
  const creators = Array.from({ length: creatorCount }, (_, i) => creatorOf(i, random));
  const contents = Array.from({ length: contentCount }, (_, i) => contentOf(i, creators, calendar, catalog, random));
  return {
    tails: contents.map((content) => content.tail),
    published: calendar.days.map((_, day) => contents.filter((content) => content.day < day).length),
    contentLines: contents.map((content) => content.line),
    creatorLines: creators.map((creator) => creator.line),
  };
}

interface Creator {
  readonly id: string;
  readonly platform: string;
  readonly line: string;
}

function creatorOf(i: number, random: Random): Creator {
  const id = `KOL${String(i + 1).padStart(3, '0')}`;
  const platform = ['xiaohongshu', 'xiaohongshu', 'douyin'][i % 3] ?? '';
  const name = nth(creatorNames, i % 16) + nth(placeNames, Math.floor(i / 16));
  const followers = Math.round(10 ** (3.6 + random.below(2900) / 1000));
  const women = random.between(62, 96) / 100;
  const young = random.between(15, 45) / 100;
  const shares = [women, 1 - women, young, 0.75 - young, random.between(12, 34) / 100, random.between(20, 40) / 100];
  return { id, platform, line: csvLine([id, name, platform, followers, ...shares.map((share) => share.toFixed(2))]) };
}

function contentOf(i: number, creators: readonly Creator[], calendar: Calendar, catalog: Catalog, random: Random) {
  const day = Math.floor((i * (calendar.days.length - 5)) / contentCount);
  const creator = random.pick(creators);
  const id = `NT${String(i + 1).padStart(5, '0')}`;
  const out = catalog.items.filter((item) => item.launch <= (calendar.days[day] ?? ''));
  const item = random.pick(out);
  const kind = contentKind(creator.platform, random);
  const short = item.title.replace(/^(溪木|木野)/, '');
  const title = `${random.pick(skins)}｜${random.pick(hooks)}，${short}`;
  const text = `${random.pick(claims)}${random.pick(claims)}#${item.brand}# #${short}#`;
  const others = random.chance(0.3) ? [item.id, nth(catalog.items, item.pair).id] : [item.id];
  const published = timeText(calendar, day * 86_400 + random.between(8 * 3600, 22 * 3600));
  const cost = yuan(random.between(300, 30_000) * 100);
  return {
    day,
    line: csvLine([id, kind, title, text, creator.id, creator.platform, published, cost, others.join('|')]),
    tail: tailText({
      ...{ brand, platform: creator.platform, channel: '达人种草', content_id: id, creator_id: creator.id },
      ...{ item_id: item.id, category_id: item.categoryId },
    }),
  };
}

function contentKind(platform: string, random: Random): string {
  if (platform === 'xiaohongshu') return random.chance(0.75) ? 'note' : 'video';
  return random.chance(0.25) ? 'live' : 'video';
}
