import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Rows } from './world.ts';

const eightHours = 8 * 3600;

/** Taobao UserBehavior (header user_id,item_id,category_id,behavior,timestamp in epoch seconds) as canonical rows. */
export async function userBehaviorRows(path: string): Promise<Pick<Rows, 'events'>> {
  const [, ...lines] = gunzipSync(await readFile(path))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const events = lines.map((line) => {
    const [id_user = '', item_id = '', category_id = '', behavior = '', timestamp = ''] = line.trimEnd().split(',');
    return { id_user, item_id, category_id, behavior, event_time: inShanghai(Number(timestamp)) };
  });
  return { events };
}

/** Epoch seconds as `YYYY-MM-DD HH:mm:ss` of a zone that is always eight hours ahead (since 1992, Shanghai is). */
function inShanghai(seconds: number): string {
  return new Date((seconds + eightHours) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
