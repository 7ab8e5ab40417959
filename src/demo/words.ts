import type { Random } from './random.ts';

/** What people say of a kind of product, by the first letters of its category. */
const feel: Readonly<Record<string, readonly string[]>> = {
  C101: ['泡沫细腻，洗完不紧绷', '洗得干净又温和', '早上用刚刚好，不拔干'],
  C102: ['吸收很快，湿敷也舒服', '清清爽爽，像喝饱了水', '二次清洁用它，毛孔干净多了'],
  C103: ['质地轻薄，推开就吸收', '用了三周肤色亮了一点', '泛红退得快，稳定性不错'],
  C104: ['滋润不油，锁水到下午', '秋冬也不起皮了', '妆前用不搓泥'],
  C105: ['精华液多，敷完脸嫩嫩的', '服帖不滴水', '晒后敷一片很舒缓'],
  C106: ['没有长脂肪粒', '细纹淡了一些', '熬夜后第二天没那么肿'],
  C107: ['不泛白不搓泥', '成膜快，出汗也没花', '通勤防晒够用'],
  C2: ['颜色很衬皮肤', '持妆一整天', '显白不拔干'],
  C3: ['味道高级，留香刚好', '滑滑的很保湿', '全家都在用'],
  C4: ['洗完蓬松，第二天也不塌', '头皮不痒了', '没有假滑的感觉'],
  C5: ['不油了，老公说好用', '简单一步，适合懒人', '清爽不紧绷'],
  C6: ['宝宝用着不红不痒', '成分放心，孕期也敢用', '宝宝脸上的干皮好了'],
};
const openers: readonly (readonly string[])[] = [
  ['失望。', '不会再买了。', '踩雷了，', '给差评是因为'],
  ['一般般吧，', '期待太高了，', '没有想象中好，'],
  ['中规中矩，', '还行，', '说不上惊艳，', '先观望，'],
  ['不错，', '挺好的，', '整体满意，', '第一次买，', '朋友推荐来的，'],
  ['太好用了！', '无限回购！', '第三次买了，', '真的爱了，', '大促囤了两份，', '被种草以后一直在用，', '超出预期，'],
];
const faults = [
  ...['用了两天脸就发红刺痛', '味道刺鼻，像换了配方', '瓶口漏了一半', '和之前买的质地不一样'],
  ...['等了一周才到', '买完第三天就降价', '一点效果都看不到', '客服半天不回'],
];
const mixed = ['保湿力一般', '香味有点重', '用量有点费', '包装普通', '吸收稍慢', '价格比活动时贵一些'];
const service = [
  '物流很快',
  '包装严实',
  '客服耐心',
  '送了小样',
  '日期新鲜',
  '和直播间说的一样',
  '活动价很划算',
  '发货有点慢但能等',
];
const closers: readonly (readonly string[])[] = [
  ['已申请退款。', '希望改进。', '大家慎买。', '只能闲置了。'],
  ['下次换别的试试。', '用完再说。', '可能不适合我的皮肤。'],
  ['用完这瓶再决定。', '对得起这个价。', '适合不挑的人。'],
  ['会推荐给同事。', '有活动还会来。', '继续支持国货。', '值得试试。'],
  ['闭眼入！', '空瓶还来！', '已经推荐给闺蜜了。', '国货之光。', '爱了爱了。', '囤货囤货！'],
];
const after = ['追评：用完一瓶了，', '一个月后来追评，', '追加：', '用了半个月，'];

/** A review whose words agree with its stars. */
export function reviewText(random: Random, rating: number, categoryId: string): string {
  const tone = rating - 1;
  const opener = random.pick(openers[tone] ?? ['']);
  const closer = random.chance(0.7) ? random.pick(closers[tone] ?? ['']) : '';
  if (rating <= 2) return `${opener}${random.pick(faults)}。${closer}`;
  const praise = random.pick(feel[categoryId] ?? feel[categoryId.slice(0, 2)] ?? service);
  if (rating === 3) return `${opener}${praise}，就是${random.pick(mixed)}。${closer}`;
  const more = random.chance(0.55) ? `，${random.pick(service)}` : '';
  return `${opener}${praise}${more}。${closer}`;
}

/** What is added to a review some weeks later. */
export function appendText(random: Random, rating: number, categoryId: string): string {
  const praise = random.pick(feel[categoryId] ?? feel[categoryId.slice(0, 2)] ?? service);
  return `${random.pick(after)}${rating >= 4 ? `${praise}，还会回购。` : `${random.pick(faults)}，不推荐。`}`;
}
