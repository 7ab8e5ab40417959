import { addDays, type Day } from '../base/day.ts';
import { weighted } from './random.ts';

/** A product of the brand; money in fen. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly categoryId: string;
  readonly category: string;
  readonly price: number;
  readonly cost: number;
  readonly launch: Day;
  readonly spec: string;
  /** Index of the item most often bought with it. */
  readonly pair: number;
}

export const brand = '溪木';
/** The house's second line, for men and for the bath. */
export const secondBrand = '木野';

/** Category paths by id; an item stands in a leaf. */
export const categories: Readonly<Record<string, string>> = {
  C101: '面部护理/洁面',
  C102: '面部护理/爽肤水',
  C103: '面部护理/精华',
  C104: '面部护理/乳液面霜',
  C105: '面部护理/面膜',
  C106: '面部护理/眼部护理',
  C107: '面部护理/防晒',
  C201: '彩妆/底妆',
  C202: '彩妆/唇妆',
  C301: '身体护理/沐浴',
  C302: '身体护理/身体乳',
  C303: '身体护理/护手霜',
  C401: '洗护发/洗发水',
  C402: '洗护发/护发素',
  C501: '男士护理/男士面部护理',
  C601: '母婴护理/婴童面霜',
  C602: '母婴护理/孕妇护肤',
};

/** Sells less each month of the history. */
export const decliningItem = 'XM1031';
/** Launched eighteen weeks before the end and growing since. */
export const risingItem = 'XM1034';
/** Given with an order, at no price. */
export const giftItem = 'XM9001';

type Line = readonly [
  id: string,
  title: string,
  category: string,
  yuan: number,
  share: number,
  spec: string,
  pair: string,
];

const lines: readonly Line[] = [
  ['XM1011', '溪木氨基酸温和洁面乳', 'C101', 79, 9, '120g', 'XM1021'],
  ['XM1012', '溪木山茶花净润洁面慕斯', 'C101', 99, 5, '150ml', 'XM1022'],
  ['XM1013', '溪木卸妆油舒缓净透', 'C101', 128, 4, '150ml', 'XM1011'],
  ['XM1021', '溪木苔藓保湿爽肤水', 'C102', 129, 8, '200ml', 'XM1041'],
  ['XM1022', '溪木山茶花精粹水', 'C102', 169, 5, '160ml', 'XM1042'],
  ['XM1031', '溪木烟酰胺焕亮精华', 'C103', 239, 16, '30ml', 'XM1021'],
  ['XM1032', '溪木积雪草修护精华', 'C103', 259, 7, '30ml', 'XM1041'],
  ['XM1033', '溪木视黄醇紧致精华', 'C103', 329, 4, '30ml', 'XM1061'],
  ['XM1034', '溪木双萃胶原次抛精华', 'C103', 299, 9, '1.5ml*30', 'XM1042'],
  ['XM1041', '溪木苔藓保湿乳', 'C104', 149, 7, '100ml', 'XM1021'],
  ['XM1042', '溪木山茶花紧致面霜', 'C104', 269, 5, '50g', 'XM1033'],
  ['XM1043', '溪木神经酰胺屏障霜', 'C104', 199, 6, '50g', 'XM1032'],
  ['XM1051', '溪木苔藓补水面膜', 'C105', 89, 9, '25ml*10', 'XM1021'],
  ['XM1052', '溪木积雪草舒缓面膜', 'C105', 109, 6, '25ml*10', 'XM1032'],
  ['XM1053', '溪木白泥清洁面膜', 'C105', 119, 4, '100g', 'XM1011'],
  ['XM1061', '溪木视黄醇眼霜', 'C106', 239, 4, '20g', 'XM1033'],
  ['XM1062', '溪木咖啡因醒眸眼膜', 'C106', 99, 3, '60片', 'XM1061'],
  ['XM1071', '溪木轻透防晒乳SPF50', 'C107', 119, 8, '50ml', 'XM1013'],
  ['XM1072', '溪木水感防晒喷雾', 'C107', 89, 3, '150ml', 'XM1071'],
  ['XM2011', '溪木柔雾持妆粉底液', 'C201', 189, 3, '30ml', 'XM1013'],
  ['XM2012', '溪木养肤气垫', 'C201', 199, 4, '12g*2', 'XM2021'],
  ['XM2021', '溪木丝绒唇釉', 'C202', 79, 4, '3.5g', 'XM2012'],
  ['XM2022', '溪木润唇膏', 'C202', 45, 3, '3.4g', 'XM3031'],
  ['XM3031', '溪木山茶花护手霜', 'C303', 39, 5, '60g', 'XM2022'],
  ['XM6011', '溪木婴童舒缓面霜', 'C601', 99, 6, '50g', 'XM6012'],
  ['XM6012', '溪木婴童多效润肤乳', 'C601', 119, 5, '250ml', 'XM6011'],
  ['XM6021', '溪木孕期可用保湿套装', 'C602', 299, 4, '三件套', 'XM6011'],
  ['MY3011', '木野雪松沐浴露', 'C301', 59, 5, '500ml', 'MY3021'],
  ['MY3012', '木野橙花沐浴油', 'C301', 89, 3, '400ml', 'MY3022'],
  ['MY3021', '木野雪松身体乳', 'C302', 79, 4, '400ml', 'MY3011'],
  ['MY3022', '木野橙花果酸身体乳', 'C302', 99, 3, '250ml', 'MY3012'],
  ['MY4011', '木野生姜蓬松洗发水', 'C401', 69, 4, '500ml', 'MY4021'],
  ['MY4012', '木野控油净屑洗发水', 'C401', 75, 3, '500ml', 'MY4021'],
  ['MY4021', '木野柔顺护发素', 'C402', 69, 3, '500ml', 'MY4011'],
  ['MY5011', '木野男士控油洁面', 'C501', 69, 3, '120g', 'MY5012'],
  ['MY5012', '木野男士清爽乳液', 'C501', 99, 2, '100ml', 'MY5011'],
];

export interface Catalog {
  readonly items: readonly Item[];
  /** Draws an item by what sells in each block of `blockDays` days of the history. */
  readonly draws: readonly Uint16Array[];
}

const blockDays = 30;

/** The shelf of the brand; most of it older than the history, four items launched within. */
export function makeCatalog(from: Day, end: Day): Catalog {
  const index = new Map(lines.map(([id], i) => [id, i]));
  const items = lines.map(([id, title, categoryId, yuan, , spec, pair], i): Item => {
    const mine = id.startsWith('MY') ? secondBrand : brand;
    const path = categories[categoryId] ?? '';
    const launch = launchOf(id, i, from, end);
    const cost = Math.round(yuan * 100 * (0.19 + (i % 7) * 0.02));
    return {
      id,
      title,
      brand: mine,
      categoryId,
      category: path,
      price: yuan * 100,
      cost,
      launch,
      spec,
      pair: index.get(pair) ?? 0,
    };
  });
  const blocks = Math.ceil(730 / blockDays);
  const draws = Array.from({ length: blocks }, (_, block) => {
    const opens = addDays(from, block * blockDays);
    return weighted(
      lines.map(([id, , , , share], i) => ((items[i]?.launch ?? end) <= opens ? share * trend(id, block, blocks) : 0)),
      2048,
    );
  });
  return { items, draws };
}

/** The table that holds on a day of the history. */
export function drawsOn(catalog: Catalog, day: number): Uint16Array {
  return catalog.draws[Math.floor(day / blockDays)] ?? new Uint16Array(1);
}

function launchOf(id: string, index: number, from: Day, end: Day): Day {
  if (id === risingItem) return addDays(end, -129);
  const within: Record<string, number> = { XM1062: 120, MY3022: 260, XM1072: 300 };
  return addDays(from, within[id] ?? -90 - ((index * 97) % 900));
}

function trend(id: string, block: number, blocks: number): number {
  if (id === decliningItem) return 1.5 - 1.35 * (block / (blocks - 1));
  if (id === risingItem) return 0.35 + 0.35 * Math.max(0, block - blocks + 6);
  return 1;
}
