import { expect, test } from 'vitest';
import { cellsOf, order, type Sent, type Stage, timesOf, timesTold } from './browser.ts';

/** Jitsu’s client for browsers, against the collector. It sends each call once and keeps nothing back. */
export function jitsuInBrowser(here: () => Stage): void {
  test('@jitsu/js stores each call once, with its id, time and identifiers', async () => {
    const visitor = await here().visitor('/p/1?utm_source=xhs&utm_campaign=spring');
    const sent: Sent[] = [];
    visitor.page.on('request', (request) => {
      const said = request.method() === 'POST' ? (request.postDataJSON() as Record<string, string>) : {};
      if (said.messageId !== undefined) sent.push({ id: said.messageId, time: said.timestamp ?? '' });
    });
    await visitor.page.addScriptTag({
      type: 'module',
      content: `import { jitsuAnalytics } from '/script/@jitsu/js/dist/jitsu.es.js';
        window.client = jitsuAnalytics({ host: '${here().url}', writeKey: 'key-jitsu:secret' });`,
    });
    await visitor.page.waitForFunction('window.client !== undefined');
    await visitor.run(`
      await client.page();
      await client.identify('u1', { email: 'a@b.co', plan: 'gold' });
      await client.track('Product Viewed', { product_id: 'p1' });
      await client.track('Order Completed', ${order});
      await client.group('g1', { name: 'Club' });
      await client.reset();
      await client.track('加购 完成');`);
    await here().whenAll('jitsu', sent);

    const rows = await here().rows('jitsu');
    const first = cellsOf(rows, 'id_anonymous').flat()[0];
    expect(cellsOf(rows, 'behavior', 'id_user', 'item_id', 'amount').toSorted()).toEqual(
      [
        ['page_view', undefined, undefined, undefined],
        ['identify', 'u1', undefined, undefined],
        ['item_view', 'u1', 'p1', undefined],
        ['pay', 'u1', 'p1', '10.00'],
        ['pay', 'u1', 'p2', '20.00'],
        ['group', 'u1', undefined, undefined],
        ['加购 完成', undefined, undefined, undefined],
      ].toSorted(),
    );
    expect(cellsOf(rows, 'id_user', 'id_anonymous').filter(([user, id]) => user !== undefined && id !== first)).toEqual(
      [],
    );
    expect(cellsOf(rows, 'behavior', 'id_anonymous')).not.toContainEqual(['加购 完成', first]);
    expect(timesOf(rows)).toEqual(timesTold(sent));
    expect(rows.filter(({ props }) => props.truncated !== undefined)).toEqual([]);
    expect(rows.find(({ entity }) => entity === 'consumers')?.props).toEqual({ plan: 'gold' });
    expect(new Set(visitor.answers)).toEqual(
      new Set(['group', 'identify', 'page', 'track'].map((kind) => `POST /api/s/${kind} 200`)),
    );
    expect(visitor.wrong).toEqual([]);
    await visitor.context.close();
  });
}
