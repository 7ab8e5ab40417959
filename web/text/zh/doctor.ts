/** Words of one check; what it found is told by the server. */
interface CheckWords {
  readonly title: string;
  readonly lead: string;
  /** What to do where it is not as it should be. */
  readonly todo: string;
}

export const doctor = {
  lead: '逐项检查安装状况，并核对每个文件的账目。只看不改。',
  again: '再检查一次',
  looking: '正在检查…',
  state: '状态',
  check: '检查项',
  found: '发现',
  todo: '怎么办',
  nothing: '无需处理',
  none: '没有检查项',
  states: { ok: '正常', warning: '注意', fault: '故障' },
  good: (count: string, at: string) => `${count} 项全部正常，检查于 ${at}。`,
  bad: (bad: string, count: string, at: string) => `${count} 项中有 ${bad} 项需要处理，检查于 ${at}。`,
  unknownTodo: '请把这一行发给维护者。',
  checks: {
    node: {
      title: '运行环境',
      lead: 'Node.js 20 或更新',
      todo: '升级到 Node.js 20 或更新的版本，再重启服务。',
    },
    disk: {
      title: '磁盘',
      lead: '数据目录所在磁盘至少剩 2 GiB',
      todo: '清理磁盘或扩容；写满后导入与采集都会停下，已有数据不受影响。',
    },
    warehouse: {
      title: '事实库',
      lead: '存放订单与行为的引擎能应答',
      todo: '重启服务；用独立服务器时，检查它是否在运行、地址与密码是否正确。',
    },
    registry: {
      title: '登记库',
      lead: '存放账户、规则与导入记录的引擎能应答',
      todo: '重启服务；用独立服务器时，检查它是否在运行、地址与密码是否正确。',
    },
    memory: {
      title: '内存',
      lead: '至少 3 GiB：一条语句最多用 1.3 GiB',
      todo: '加内存，或把事实库搬到独立的服务器（qiancheng move）；内存不足时大的问题会失败。',
    },
    schema: {
      title: '表结构',
      lead: '两个存储与每个分片的表都是这个版本的',
      todo: '各服务器换成同一版本后重启；仍不相同，就从备份恢复（qiancheng restore）。',
    },
    clock: {
      title: '时钟',
      lead: '本机与存储的时钟相差不到 5 秒',
      todo: '让各台机器都用 NTP 对时。',
    },
    parts: {
      title: '数据分片',
      lead: '引擎没有搁置损坏的分片；2 GiB 以内的表逐片读过',
      todo: '检查磁盘，然后从备份恢复（qiancheng restore）。',
    },
    leftovers: {
      title: '遗留的工作表',
      lead: '没有任务时，没有任务用的表',
      todo: '重启服务，会自动清理；仍在时占些磁盘，不影响答案。下一次备份会清掉名字以 copy_ 开头的。',
    },
    aside: {
      title: '搁置的实时事件',
      lead: '收到的事件没有一段因反复失败而被搁置',
      todo: '看服务器日志里的原因；这些事件在数据目录 live 里，以 .aside 结尾，修好后去掉后缀并重启即再入库。',
    },
    books: {
      title: '账目',
      lead: '每个文件：读取 = 收下 + 重复 + 拒收',
      todo: '在「历史」里撤销合计不符的那次导入，再导入一遍。',
    },
    facts: {
      title: '事实',
      lead: '账上收下的行，事实库里一行不少',
      todo: '从备份恢复，或在「历史」里撤销有关的导入后重新导入原文件。',
    },
    imports: {
      title: '中断的导入',
      lead: '没有只做了一半的导入',
      todo: '把这些文件再导入一次，会从中断处接着做，不会重复计数。',
    },
  } as Readonly<Record<string, CheckWords>>,
};
