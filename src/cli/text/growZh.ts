import type * as en from './growEn.ts';

/** What the commands about lookalikes and lists are for, in Chinese. */
export const growCommands: typeof en.growCommands = {
  lookalike: {
    is: '按行为寻找与某个人群相似的消费者',
    examples: [
      ['lookalike train buyers --on 2026-06-30 --ahead 7', '从一周前的行为学习谁会成为买家'],
      [`audience create alike --rule '{"lookalike": {"model": 1, "top": 10000}}' --static`, '存下最相似的一批'],
    ],
  },
  lookalikeTrain: {
    is: '学习某个人群的成员有什么共同点',
    more: '用未参与训练的五分之一消费者检验；没有规律时会直说。',
    seed: '种子人群',
    on: '种子截至的日期；不填则为数据的最后一天',
    ahead: '在此之前多少天看所有人的行为',
    exclude: '永不推荐的人群，用逗号分隔',
    examples: [
      ['lookalike train buyers --on 2026-06-30 --ahead 7', '不看种子最近 7 天做了什么'],
      ['lookalike train buyers --exclude staff,complained --format json', '供程序使用'],
    ],
  },
  lookalikeList: {
    is: '全部相似模型，最新在前',
    examples: [
      ['lookalike list', '种子、日期与 AUC'],
      ['lookalike list --format json', '含各自的质量'],
    ],
  },
  lookalikeShow: {
    is: '一个模型：排序准确度、各规模的预期、依据的特征',
    id: '编号',
    examples: [
      ['lookalike show 1', '查看'],
      ['lookalike show 1 --format csv', '各规模的预期，供表格使用'],
    ],
  },
  lookalikeRemove: {
    is: '删除模型；有人群用到的不能删除',
    id: '编号',
    examples: [
      ['lookalike remove 1', '模型及其质量'],
      ['lookalike remove 1 --format json', '输出 {"id"}'],
    ],
  },
  audienceUpload: {
    is: '上传标识文件，存为规则可用的名单',
    more: 'CSV、Excel、JSON Lines 或 Parquet。只保存标识在本库中的编号。',
    name: '不与其他名单重复的名称',
    file: '文件',
    id: '标识类型，如 phone',
    form: 'plain、md5 或 sha256',
    column: '所在的列；不填则为第一列',
    examples: [
      ['audience upload vip vip.csv --id phone', '号码写法不限，输出匹配人数'],
      ['audience upload vip vip.xlsx --id phone --form md5 --column hash', '规整后号码的散列'],
    ],
  },
  audienceLists: {
    is: '已上传的名单及现在的匹配情况',
    examples: [
      ['audience lists', '名称与匹配数'],
      [`audience count --rule '{"list": "vip"}'`, '某个名单有多少消费者'],
    ],
  },
  audienceUnlist: {
    is: '删除名单；有人群用到的不能删除',
    name: '名称',
    examples: [
      ['audience unlist vip', '名单及其标识'],
      ['audience unlist vip --format json', '输出 {"name"}'],
    ],
  },
};

export const growWords = {
  heading: (id: number, seed: string) => `「${seed}」的相似模型 ${id}`,
  asOf: (on: string, before: string, seeds: string, cold: string, others: string) =>
    `种子截至 ${on}，行为截至 ${before}：种子 ${seeds} 人，其他 ${others} 人；另有 ${cold} 位种子当时还没有行为。`,
  signal: (auc: string, low: string, high: string) =>
    `AUC ${auc}（95% 区间 ${low} 至 ${high}），由未参与训练的消费者检验。`,
  noise: '没有规律：种子与其他人无法区分，请勿使用。',
  lift: (part: string, lift: string) => `前 ${part} 中的种子是随机的 ${lift} 倍`,
  labelled: (share: string) => `若种子是相似者中的随机一部分，按模型估计它至少占 ${share}。`,
  speaks: '支持（+）与反对（−）的特征',
  removed: (id: string) => `已删除相似模型 ${id}。`,
  unlisted: (name: string) => `已删除名单 ${name}。`,
};

export const growColumns = {
  seed: '种子',
  auc: 'AUC 值',
  signal: '有规律',
  caught: '找回种子',
  density: '种子占比',
  alike: '相似上限',
  id_type: '标识类型',
  given: '给出',
  usable: '可用',
  matched: '匹配',
};
