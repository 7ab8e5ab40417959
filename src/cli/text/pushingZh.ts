import type * as en from './pushingEn.ts';

/** Help of the commands that send audiences somewhere, in Chinese. */
export const pushCommands: typeof en.pushCommands = {
  destination: {
    is: '推送渠道：文件、Webhook、S3、巨量引擎、腾讯广告',
    examples: [
      ['destination list --kinds', '有哪些，各需什么设置'],
      ['destination add crm --kind webhook --set url=https://crm.example.com/in', '带签名，密钥只显示一次'],
    ],
  },
  destinationAdd: {
    is: '新增推送渠道',
    name: '不与其他渠道重复的名称',
    kind: 'file、webhook、s3、oceanengine 或 tencent',
    set: '设置，写作 名称=值；密钥可写作 名称=@文件',
    examples: [
      ['destination add hand --kind file', 'CSV 或 XLSX，人工上传'],
      [
        'destination add ocean --kind oceanengine --set advertiser_id=1700000000000001 access_token=@token',
        '密钥加密保存',
      ],
    ],
  },
  destinationList: {
    is: '全部渠道；密钥只列名称',
    kinds: '改列可用的类型',
    examples: [
      ['destination list', '名称与设置'],
      ['destination list --kinds', '方括号中的设置可不填'],
    ],
  },
  destinationRemove: {
    is: '删除没有推送使用的渠道',
    name: '名称',
    examples: [
      ['destination remove hand', '须先删除它的推送'],
      ['destination remove hand --format json', '输出 {"name"}'],
    ],
  },
  push: {
    is: '把人群发往渠道，并随机留出对照组',
    examples: [
      ['push create june --audience carted --to hand --identifiers phone:md5', '留一成作对照'],
      ['push run june', '只发自上次以来的变化'],
    ],
  },
  pushCreate: {
    is: '新建推送（此时不发送）',
    name: '不与其他推送重复的名称',
    audience: '已保存的人群名称',
    to: '渠道名称',
    identifiers: '类型:形式，以逗号分隔，如 phone:sha256,oaid:md5；缺省为渠道列明的全部',
    holdout: '随机留出的比例，0 到 0.5；缺省 0.1',
    minimum: '人数少于此不发送；缺省 100',
    cap: '全部渠道合计，每人若干天内最多几次，如 3/30',
    purpose: '对该用途（consent.用途）最后表态为拒绝的人不发',
    exclude: '不发送的人群名称，以逗号分隔',
    cron: '五段 cron：服务运行时按时自动推送',
    afterRefresh: '服务运行时，人群重新计算后自动推送',
    examples: [
      ['push create june --audience carted --to hand --identifiers phone:md5', '留一成作对照'],
      [`push create daily --audience carted --to ocean --holdout 0.2 --cap 3/30 --cron '0 9 * * *'`, '每天九点'],
    ],
  },
  pushRun: {
    is: '发送人群与此前送达之间的差异',
    more: '中断的推送会继续。同意、拒收、限制与对照组每次都会检查。',
    name: '名称',
    on: '按这一天推送，如同今天',
    preview: '只说明会发送什么，不发送',
    examples: [
      ['push run june --preview', '会发给谁，谁不发及原因'],
      ['push run june', '人数过少时退出码为 3'],
    ],
  },
  pushList: {
    is: '全部推送及其最近一次',
    examples: [
      ['push list', '名称、人群、渠道'],
      ['push list --format json', '以数组输出'],
    ],
  },
  pushShow: {
    is: '一个推送的全部内容',
    name: '名称',
    examples: [
      ['push show june', '限制、对照组、最近一次'],
      ['push show june --format json', '一个对象'],
    ],
  },
  pushLog: {
    is: '逐条记录的结果，最近一次在前',
    name: '名称',
    run: '只看这一次',
    limit: '行数，最多 1000；缺省 100',
    examples: [
      ['push log june', '只有消费者编号，没有标识'],
      ['push log june --run 3 --format csv', '某一次'],
    ],
  },
  pushFile: {
    is: '供人工上传的 CSV',
    name: '名称',
    all: '平台上应有的全部，而不只是上次的变化',
    examples: [
      ['push file june > june.csv', '要新增与移出的'],
      ['push file june --all > june.csv', '除对照组外的整个人群'],
    ],
  },
  pushRemove: {
    is: '删除推送及其记录与对照组',
    name: '名称',
    examples: [
      ['push remove june', '渠道那边已有的内容保持不变'],
      ['push remove june --format json', '输出 {"name"}'],
    ],
  },
};
