/** Tiers of cities that are told by name: the first and second of the six, as business papers list them (proposed). */
const byTier: Readonly<Record<number, string>> = {
  1: '北京 上海 广州 深圳',
  2: `成都 杭州 重庆 苏州 武汉 西安 南京 长沙 天津 郑州 东莞 青岛 宁波 合肥 昆明 无锡 佛山 济南 厦门 福州 温州 沈阳 石家庄 大连
    哈尔滨 南昌 南宁 长春 泉州 贵阳 常州 嘉兴 金华 惠州 南通 太原 绍兴 台州 中山 珠海 保定 潍坊 烟台 兰州 海口`,
};

/** Tier of a city or province where a tenant has no table of its own. */
export const cityTiers: ReadonlyMap<string, number> = new Map(
  Object.entries(byTier).flatMap(([tier, names]) => names.split(/\s+/).map((name) => [name, Number(tier)] as const)),
);
