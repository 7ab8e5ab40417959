import { sql } from '../warehouse/sql.ts';
import type { Finding } from './doctorFinding.ts';
import type { Machine } from './doctorMachine.ts';
import type { Installation } from './installation.ts';

const MOST_SKEW_MS = 5000;

/** How far the clocks of this machine, the engines and the registry are apart, and whether this one went back. */
export async function clockFound({ context }: Installation, { clock }: Pick<Machine, 'clock'>): Promise<Finding> {
  const { warehouse, registry } = context;
  const off: number[] = [];
  const compare = async (ask: () => Promise<number>) => {
    const before = clock();
    const told = await ask();
    off.push(told - (before + clock()) / 2);
  };
  for (const holder of warehouse.holders)
    await compare(async () => {
      const [row] = await holder.rows<{ at: number }>(sql`SELECT toUnixTimestamp64Milli(now64(3)) AS at`);
      return Number(row?.at);
    });
  await compare(async () => {
    const [row] = await registry.rows<{ at: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as at',
    );
    return Number(row?.at);
  });
  const ahead = await noteAhead(context);
  if (ahead !== undefined) return wentBack(ahead);
  const most = Math.max(...off.map(Math.abs));
  const seconds = (most / 1000).toFixed(1);
  return {
    ok: most < MOST_SKEW_MS,
    text: { zh: `与存储的时钟最多相差 ${seconds} 秒`, en: `at most ${seconds} s from those of the stores` },
  };
}

/** When the latest import or job was begun, where that is still to come by the clock of today. */
async function noteAhead({ registry, now }: Installation['context']): Promise<string | undefined> {
  const [row] = await registry.rows<{ at: string | null }>(
    `select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from
      (select max(started_at) as at from import union all select max(created_at) from job) noted
      where at > $1::timestamptz + interval '5 seconds'`,
    [now()],
  );
  return row?.at ?? undefined;
}

function wentBack(at: string): Finding {
  return {
    ok: false,
    text: {
      zh: `时钟倒退过：账上最近一次是 ${at}，晚于现在；校准时钟之前不要导入`,
      en: `it went back: the latest import or job was begun at ${at}, which is still to come; set it before you import`,
    },
  };
}
