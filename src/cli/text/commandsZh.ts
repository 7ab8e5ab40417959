import type { Texts } from './en.ts';
import { growCommands } from './growZh.ts';
import { pushCommands } from './pushingZh.ts';

/** What each command is for, its arguments and examples, in Chinese. */
export const commands: Texts['commands'] = {
  ...growCommands,
  ...pushCommands,
  import: {
    is: '导入一个文件或一个文件夹',
    more: '按文件名与表头自动识别。重复导入不会改变任何数；无法接收的行进入拒收表。',
    path: '文件或文件夹',
    preset: '按指定平台的导出格式读取',
    mapping: '映射文件（YAML）：来源列对应到标准列',
    source: '这些行所属的数据来源名称',
    strict: '只要有一行被拒收就整体不收，并以 2 退出',
    examples: [
      ['import exports/', '整个文件夹，逐个文件按表头识别'],
      ['import crm.csv --mapping crm.yaml --source crm', '自定义表头'],
    ],
  },
  importList: {
    is: '列出历次导入',
    examples: [
      ['import list', '每次导入及其行数'],
      ['import list --format csv > imports.csv', '导出到表格'],
    ],
  },
  importUndo: {
    is: '撤销一次导入，如同从未发生',
    id: '导入编号，见 import list',
    examples: [
      ['import undo 3', '撤下第 3 次导入的事实及其建立的关联'],
      ['import undo 3 --quiet --format json', '用于脚本'],
    ],
  },
  rejects: {
    is: '被拒收的行：查看与重放',
    examples: [
      ['rejects list', '哪些行没有收下，为什么'],
      ['rejects replay --import 3', '重试第 3 次导入的拒收行'],
    ],
  },
  rejectsList: {
    is: '列出拒收行：文件、行号、列、原因、原文',
    import: '只看这次导入',
    file: '只看这个文件（file_id）',
    limit: '最多显示多少行',
    examples: [
      ['rejects list --import 3', '某次导入的拒收行'],
      ['rejects list --format csv > fix.csv', '在 raw 列改正后再重放'],
    ],
  },
  rejectsReplay: {
    is: '再次接收拒收行，原样或改正后',
    from: 'CSV，含 file_id、line 与改正后的 raw',
    examples: [
      ['rejects replay --from fix.csv', '在 raw 列改正过的行'],
      ['rejects replay --import 3 --mapping crm.yaml', '修正映射之后'],
    ],
  },
  consumer: {
    is: '单个消费者',
    examples: [
      ['consumer show user:100', '这个标识是谁，凭什么认定'],
      ["consumer show '#17' --format json", '按编号查，供程序读取'],
    ],
  },
  consumerShow: {
    is: '消费者的标识、关联依据、阶段、画像与时间线',
    id: '标识（类型:值），或 # 加消费者编号',
    moments: '表格中显示多少条时间线；0 为全部',
    examples: [
      ['consumer show phone:13800138000', '最近三十条'],
      ["consumer show '#17' --moments 0", '完整时间线'],
    ],
  },
  link: {
    is: '为什么是同一个人，以及断开不该有的关联',
    examples: [
      ['link why user:100', '哪些行把它的标识连在一起'],
      ['link cut --identifier phone:13800138000', '店铺电话从此不再用来认人'],
    ],
  },
  linkWhy: {
    is: '把一位消费者的标识连在一起的行',
    id: '标识，写作 类型:值；或 # 加消费者编号',
    to: '到这个标识的最短路径',
    examples: [
      ['link why user:100', '哪些文件的哪些行同时出现它的标识'],
      ['link why user:100 --to user:200', '从一个标识怎样连到另一个'],
    ],
  },
  linkCut: {
    is: '断开关联，所有结果都如同从未有过它们',
    more: '行都保留，各属一位消费者；以后导入的行同样遵守；用 link restore 解除。',
    identifier: '这个标识不再用来认人',
    pair: '同时带有这两个标识的行不再说明它们是同一个人',
    source: '只有这个来源出现过的关联都断开；与 --from 同用时只限这个来源',
    from: '从这一天或这一刻起导入的行新带来的关联都断开',
    note: '原因，供查看断开列表的人参考',
    preview: '只看会改变多少',
    examples: [
      ['link cut --identifier device:ab12 --preview', '会改变多少消费者和行'],
      ['link cut --pair user:100,user:200 --note 双胞胎', '两个人共用一部电话'],
      ['link cut --source crm --from 2026-06-01', '从那天起它的导出是错的'],
    ],
  },
  linkCuts: {
    is: '已断开的关联，包括后来解除的',
    examples: [
      ['link cuts', '新的在前'],
      ['link cuts --format csv', '供电子表格使用'],
    ],
  },
  linkRestore: {
    is: '解除一次断开，关联恢复',
    id: '编号，见 link cuts',
    examples: [
      ['link restore 3', '所有结果回到断开之前'],
      ['link restore 3 --format json', '改变了多少，供程序读取'],
    ],
  },
  rules: {
    is: '规则集：每个数字背后的窗口与阈值',
    examples: [
      ['rules list', '本目录的规则集，以及采用的是哪一个'],
      ['rules diff default o-5a', '两者有何不同'],
    ],
  },
  rulesList: {
    is: '列出规则集及其版本',
    examples: [
      ['rules list', '采用中的会标出'],
      ['rules list --format json', '供程序读取'],
    ],
  },
  rulesShow: {
    is: '用文字展示一个规则集',
    key: '名称或 名称@版本',
    examples: [
      ['rules show default', '各阶段及其条件'],
      ['rules show default@1 --format json', '规则集数据本身'],
    ],
  },
  rulesDiff: {
    is: '两个规则集有何不同',
    left: '名称或 名称@版本',
    right: '名称或 名称@版本',
    examples: [
      ['rules diff default o-5a', '两种模型'],
      ['rules diff default@1 default@2', '同一模型的两个版本'],
    ],
  },
  rulesAdopt: {
    is: '采用一个规则集，此后未指定规则的分析都用它',
    key: '名称或 名称@版本',
    examples: [
      ['rules adopt o-5a', '从现在起'],
      ['rules adopt default@1', '换回来'],
    ],
  },
  list: {
    is: '分析货架',
    examples: [
      ['list', '每个分析及其回答的问题'],
      ['list --format json', '供程序读取'],
    ],
  },
  explain: {
    is: '一个分析：问题、口径、局限、参数、列、SQL',
    id: '分析的 id，见 list',
    examples: [
      ['explain fast', 'FAST 在此处的口径及其 SQL'],
      ['explain aipl-stock --on 2025-11-11', '代入参数后的 SQL'],
    ],
  },
  run: {
    is: '运行一个分析',
    more: 'run ID --help 列出该分析的参数。',
    id: '分析的 id，见 list',
    people: '改为输出这些列值（JSON）所在行背后的消费者',
    examples: [
      ['run fast --from 2025-11-01 --to 2025-11-11', '十一天的 FAST，并与此前十一天相比'],
      [`run aipl-stock --on 2025-11-11 --people '{"stage":"L"}'`, '一个数字背后的消费者'],
    ],
  },
  shelf: { reader: '供人阅读', program: '供程序读取' },
  demo: {
    is: '在全新的数据目录中载入演示品牌，并展示其 FAST',
    size: 'tiny、small、medium、large、huge，或事件条数',
    seed: '换一个同类的品牌',
    examples: [
      ['demo', '小规模品牌，一分钟左右'],
      ['demo --size tiny --home try', '更小，放在单独的目录'],
    ],
  },
  serve: {
    is: '启动服务：控制台、HTTP API、MCP',
    more: '首次启动会创建管理员并打印一次初始密码，首次登录须修改。服务占用数据目录期间，其他命令自动经由它执行。',
    port: '端口；0 表示任一空闲端口',
    host: '监听地址；默认只对本机开放',
    examples: [
      ['serve', '在 http://127.0.0.1:7300 打开控制台'],
      ['serve --host 0.0.0.0 --port 8080', '对网络开放，前面应有带 TLS 的反向代理'],
    ],
  },
  mcp: {
    is: '以标准输入输出应答 MCP 客户端',
    more: '每项分析即一个工具，只读。供自行启动本程序的智能助手使用；经 HTTP 则用 serve 的 /mcp。',
    none: '另一端没有程序：mcp 应由 MCP 客户端启动。',
    examples: [
      ['mcp --home shop', '填入 MCP 客户端配置的命令'],
      ['mcp --quiet', '不在 stderr 显示进度'],
    ],
  },
  key: {
    is: '程序调用 HTTP API 的密钥',
    examples: [
      ['key add nightly --role analyst', '给程序用的密钥，只显示这一次'],
      ['key add loader --role operator --format json', '用于脚本'],
    ],
  },
  keyAdd: {
    is: '新建一个密钥并显示一次',
    more: '程序以 Authorization: Bearer KEY 发送。只保存其 SHA-256，遗失后只能新建，无法找回。',
    name: '密钥在列表与审计中的名称',
    role: '可以做什么',
    examples: [
      ['key add nightly --role analyst', '可以提出任何问题，也能看到单个消费者'],
      ['key add loader --role operator --format json', '输出 {"name", "key"}'],
    ],
  },
  crowds: {
    is: '人群分类，以及其规则所用的城市线级',
    examples: [
      ['crowds list', '其中有八大策略人群'],
      [`audience count --rule '{"crowd": {"taxonomy": "eight", "in": ["z_era"]}}'`, '某一人群有多少人'],
    ],
  },
  crowdsList: {
    is: '全部人群分类的最新版本',
    examples: [
      ['crowds list', '名称与人群'],
      ['crowds list --format json', '以数组输出'],
    ],
  },
  crowdsShow: {
    is: '一个人群分类：依次列出人群及其规则',
    key: '名称，或 name@version',
    examples: [
      ['crowds show eight', '供阅读'],
      ['crowds show eight@1 --format json', '可修改后再保存'],
    ],
  },
  crowdsPut: {
    is: '把人群分类保存为该名称的新版本',
    file: 'JSON 或 YAML 文件：name、title、crowds（id、title、rule）',
    examples: [
      ['crowds put ours.yaml', '消费者归入第一个符合的人群'],
      ['crowds put eight.json --format json', '取代内置的版本'],
    ],
  },
  crowdsTiers: {
    is: '查看或替换城市线级表',
    file: '名称对应 1..6 的 JSON 或 YAML 文件；空对象即恢复内置表',
    examples: [
      ['crowds tiers', '当前的表'],
      ['crowds tiers tiers.yaml', '替换'],
    ],
  },
  audience: {
    is: '按规则圈选消费者：计数、保存、带走其标识',
    examples: [
      [`audience count --rule '{"did": {"behavior": ["cart"], "window": {"days": 30}}}'`, '近 30 天加购的有多少人'],
      ['audience create carted --rule carted.yaml', '把文件中的规则存为人群'],
    ],
  },
  audienceCreate: {
    is: '把规则存为人群',
    more: '数据一有变化即按规则重新圈选；加 --static 则固定为此刻的成员。',
    name: '其他人群没有用过的名称',
    rule: 'JSON 规则，或 JSON、YAML 文件',
    on: '窗口截止的日期；不填则为数据的最后一天',
    static: '固定为此刻的成员',
    examples: [
      ['audience create carted --rule carted.yaml', '窗口随数据移动'],
      [`audience create june --rule '{"stage": {"in": ["L"]}}' --on 2026-06-30 --static`, '当日的忠诚人群，从此不变'],
    ],
  },
  audienceList: {
    is: '全部人群及上次计数时的人数',
    examples: [
      ['audience list', '名称、人数、日期'],
      ['audience list --format json', '以数组输出'],
    ],
  },
  audienceShow: {
    is: '一个人群：人数、规则的文字与数据',
    name: '名称',
    examples: [
      ['audience show carted', '供阅读'],
      ['audience show carted --format json', '供程序使用，含规则与文字'],
    ],
  },
  audienceCount: {
    is: '截至某日，一个人群或一条规则有多少消费者',
    name: '人群名称',
    rule: '不用人群而直接给规则：JSON，或 JSON、YAML 文件',
    on: '日期；不填则为人群自己的日期，或数据的最后一天',
    examples: [
      ['audience count carted --on 2026-06-30', '截至该日'],
      [`audience count --rule '{"not": {"bought": {}}}' --format json`, '输出 {"consumers", "on"}'],
    ],
  },
  audienceExplain: {
    is: '逐条查看规则：每个条件的人数与剩余人数',
    rule: 'JSON 规则，或 JSON、YAML 文件',
    on: '日期；不填则为数据的最后一天',
    examples: [
      ['audience explain --rule carted.yaml', '每个条件一行'],
      ['audience explain --rule carted.yaml --on 2026-06-30 --format json', '截至该日，以数组输出'],
    ],
  },
  audienceChange: {
    is: '修改人群的规则、日期或名称',
    more: '新的规则或日期是一个新版本，以前的版本都保留。',
    name: '名称',
    rule: '新规则：JSON，或 JSON、YAML 文件',
    on: '窗口截止的日期',
    rename: '新名称；其他人群用到时不能改名',
    examples: [
      ['audience change carted --rule carted.yaml', '一个新版本'],
      ['audience change carted --rename 反复加购', '改名'],
    ],
  },
  audienceHistory: {
    is: '人群逐日人数、进入与离开',
    name: '名称',
    from: '起始日；不填则为两周',
    to: '截止日；不填则为人群自己的日期，或数据的最后一天',
    examples: [
      ['audience history carted', '最近两周'],
      ['audience history carted --from 2026-06-01 --to 2026-06-30 --format csv', '一个月，供表格使用'],
    ],
  },
  audienceDecay: {
    is: '人群的衰减：若干天前的成员如今还有多少在、其间多少人购买',
    more: '以前某天的成员，是按规则的当前版本、截至那天结束圈选的。',
    name: '名称，仅限动态人群',
    on: '查看的日期；不填则为人群自己的日期，或数据的最后一天',
    ages: '若干天前，以逗号分隔；不填则为 7,14,30,60,90',
    examples: [
      ['audience decay carted', '7、14、30、60、90 天前的成员'],
      ['audience decay carted --ages 7,28 --format csv', '一周前与四周前的成员，供表格使用'],
    ],
  },
  audienceExport: {
    is: '人群成员自己的标识',
    more: '每个标识一行：消费者、类型、值；个人标识为带密钥的散列。导出记入审计。',
    name: '名称',
    on: '截至该日的成员，仅限动态人群',
    examples: [
      ['audience export carted --format csv > carted.csv', '供表格使用'],
      ['audience export carted --format json', '以数组输出'],
    ],
  },
  audienceRemove: {
    is: '删除人群；其他人群用到的不能删除',
    name: '名称',
    examples: [
      ['audience remove carted', '规则与成员'],
      ['audience remove carted --format json', '输出 {"name"}'],
    ],
  },
  suppress: {
    is: '拒收名单：不再接收其数据的标识，如要求删除的人',
    examples: [
      ['suppress add phone:13800138000', '从现在起，所有数据源与文件'],
      ['suppress list', '有哪些'],
    ],
  },
  suppressAdd: {
    is: '从现在起不再接收某个标识的数据',
    more: '这些行计入拒收，但不保留原文。已有的数据不变。',
    identifier: '类型:值',
    examples: [
      ['suppress add phone:13800138000', '只保存其带密钥的散列'],
      ['suppress add user:u1024', '自有系统的标识'],
    ],
  },
  suppressList: {
    is: '拒收名单',
    examples: [
      ['suppress list', '含加入人与时间'],
      ['suppress list --format json', '以数组输出'],
    ],
  },
  suppressRemove: {
    is: '恢复接收某个标识的数据',
    id: '名单中的编号',
    examples: [
      ['suppress remove 3', '期间被拒收的行不会补回'],
      ['suppress remove 3 --format json', '输出 {"id"}'],
    ],
  },
  source: {
    is: '实时事件的数据源：谁可以向采集器发送，结果如何',
    examples: [
      ['source add web', '给 Segment、RudderStack、PostHog 等客户端用的写入密钥'],
      ['source list', '各数据源的计数'],
    ],
  },
  sourceAdd: {
    is: '新建数据源并显示一次写入密钥',
    more: '把客户端的地址改为 serve 的地址，密钥填这一个。只保存密钥的 SHA-256。',
    name: '数据源在列表与数据行中的名称',
    examples: [
      ['source add web', '密钥只显示这一次'],
      ['source add app --format json', '输出 {"name", "key"}'],
    ],
  },
  sourceList: {
    is: '所有数据源及其计数',
    examples: [
      ['source list', '接收、重复、拒收条数与最近时间'],
      ['source list --format json', '以数组输出'],
    ],
  },
  backup: {
    is: '把数据目录备份成一个文件',
    more: '事实、身份、登记、尚未入库的事件、报告、配置与密钥，都停在同一时刻；服务器运行时也可以做。',
    file: '一个新文件，或 s3://存储桶/键（环境变量 AWS_*）',
    withoutKey: '不带密钥；恢复时需要另外给出',
    examples: [
      ['backup /backups/monday.qcb', '全部存成一个文件'],
      ['backup s3://brand-backups/monday.qcb --without-key', '存到对象存储，不带密钥'],
    ],
  },
  restore: {
    is: '从备份恢复出一个数据目录',
    more: '恢复到还不存在的文件夹，或只有 config.yaml（写明存储在哪里）与 key 的文件夹。',
    file: '备份文件，或 s3://存储桶/键',
    examples: [
      ['--home again restore /backups/monday.qcb', '恢复到文件夹 again，逐表核对'],
      ['--home again restore s3://brand-backups/monday.qcb', '从对象存储恢复'],
    ],
  },
  move: {
    is: '把数据搬到服务器或集群，或搬回来',
    more: '逐表搬运，行数与哈希核对无误后 config.yaml 才指向新的存储。中途被杀，再运行一次即接着做。',
    to: '事实搬到哪里：http://用户:密码@主机:8123/库，或 embedded（内置）',
    cluster: '--to 的服务器所在集群的名称',
    registry: '登记库搬到哪里：postgresql://用户:密码@主机:5432/库，或 embedded（内置）',
    drop: '删除上次搬迁留下的旧存储',
    examples: [
      ['move --to http://q:secret@ch1:8123/q --cluster main', '事实搬到集群，跟着各自的消费者'],
      ['move --to embedded', '搬回数据目录'],
      ['move --drop', '确认无误后删除旧的'],
    ],
  },
  doctor: {
    is: '检查安装状况',
    examples: [
      ['doctor', '逐项检查；有一项不通过则以 1 退出'],
      ['doctor --format json', '用于监控'],
    ],
  },
};
