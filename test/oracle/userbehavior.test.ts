import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { userBehaviorRows } from './userbehavior.ts';
import { world } from './world.ts';

const path = '../shared/data/taobao-userbehavior/userbehavior_983users_9days.csv.gz';

/** The expected counts are from a second count of the same file, by sorting days with awk and Python. */
test.skipIf(!existsSync(path))(
  'the flow of 983 Taobao users is what a second count found (needs the shared data)',
  async () => {
    const rows = await userBehaviorRows(path);
    const told = world(rows);
    expect([rows.events.length, told.lives.size, told.unidentified]).toEqual([100_001, 983, 0]);
    expect(ask(told, { analysis: 'aipl-stock', params: { on: '2017-12-03' } })).toEqual([
      { stage: 'I', consumers: 312 },
      { stage: 'P', consumers: 306 },
      { stage: 'L', consumers: 365 },
    ]);
    const flow = ask(told, { analysis: 'aipl-flow', params: { from: '2017-11-26', to: '2017-12-03' } });
    expect(flow.map((row) => `${row.from_stage}>${row.to_stage} ${row.consumers}`)).toEqual([
      'A>I 81',
      'A>P 61',
      'A>L 45',
      'I>I 186',
      'I>P 156',
      'I>L 107',
      'P>P 52',
      'P>L 151',
      'L>L 29',
      'none>I 45',
      'none>P 37',
      'none>L 33',
    ]);
  },
);
