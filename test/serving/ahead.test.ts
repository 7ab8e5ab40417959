/** A served home follows its facts by itself: nobody who asks first waits for the lifecycle, or for an audience. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { allAudiences, storedAudience } from '../../src/app/audiences/stored.ts';
import { readState } from '../../src/intake/journal.ts';
import { ServedHome } from './home.ts';

const home = new ServedHome();
afterAll(() => home.remove());

const csv = (user: string) => `event_time,behavior,id_user,item_id\n2026-06-30 10:00:00,item_view,${user},i1\n`;

test('the stages are up to the last change of facts soon after an import, and nobody has asked', async () => {
  const { services } = await home.serve({ warms: true, warmsEvery: 100 });
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

test('saved audiences are found again soon after an import, one that fails keeps none back, and none is looked at whole', async () => {
  const { services } = await home.serve({ warms: true, warmsEvery: 100 });
  const { context } = services.product.installation;
  const saved = async () => new Map((await allAudiences(context.registry)).map((each) => [each.name, each.consumers]));
  const views = { behavior: ['item_view'] };
  const rules = { broken: { did: views }, most: { top: { by: 'events', ...views, n: 5 } }, viewers: { did: views } };
  for (const [name, rule] of Object.entries(rules)) {
    const file = home.file(`${name}.json`, JSON.stringify(rule));
    expect(await home.call('audience', 'create', name, '--rule', file)).toMatchObject({ code: 0 });
  }
  await context.registry.rows(`UPDATE audience SET rule = '{}' WHERE name = 'broken'`);
  expect(await saved()).toEqual(new Map(Object.keys(rules).map((name) => [name, 2])));

  expect((await home.call('import', home.file('u3.csv', csv('u3')))).code).toBe(0);
  while ((await saved()).get('viewers') === 2) await pause(20);
  expect([...(await saved())]).toEqual([
    ['broken', 2],
    ['most', 2],
    ['viewers', 3],
  ]);
});

test('saved audiences are found again a while after events came in, and nobody has asked', async () => {
  const { services, url } = await home.serve({ warms: true, warmsEvery: 100 });
  const { context } = services.product.installation;
  const rule = home.file('carters.json', JSON.stringify({ did: { behavior: ['cart'] } }));
  expect((await home.call('audience', 'create', 'carters', '--rule', rule)).code).toBe(0);
  const carters = async () => (await storedAudience(context.registry, 'carters')).consumers;
  const { key } = await services.live.add('web', 'test');
  for (const [i, user] of ['v1', 'v2'].entries()) {
    const event = {
      type: 'track',
      messageId: user,
      event: 'Product Added',
      userId: user,
      timestamp: home.now.toISOString(),
    };
    const headers = {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': 'application/json',
    };
    const sent = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch: [event] }) });
    expect(sent.status).toBe(200);
    while ((await carters()) === i) await pause(20);
    expect(await carters()).toBe(i + 1);
  }
});
