/** A served home follows its facts by itself: nobody who asks first waits for the lifecycle. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readState } from '../../src/intake/journal.ts';
import { ServedHome } from './home.ts';

const home = new ServedHome();
afterAll(() => home.remove());

const csv = (user: string) => `event_time,behavior,id_user,item_id\n2026-06-30 10:00:00,item_view,${user},i1\n`;

test('the stages are up to the last change of facts soon after an import, and nobody has asked', async () => {
  const { services } = await home.serve({ warms: true });
  const { registry } = services.product.installation.context;
  const upTo = async () => {
    const kept = await readState<{ commit: number }>(registry, 'lifecycle default@1');
    return { kept: kept?.commit, commit: await readState<number>(registry, 'commit') };
  };
  for (const user of ['u1', 'u2']) {
    expect((await home.call('import', home.file(`${user}.csv`, csv(user)))).code).toBe(0);
    for (let { kept, commit } = await upTo(); kept !== commit; { kept, commit } = await upTo()) await pause(20);
    expect((await upTo()).kept).toBeGreaterThan(0);
  }
  expect(services.answers.load()).toMatchObject({ waiting: 0 });
});
