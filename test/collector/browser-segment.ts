import { describe, expect, test } from 'vitest';
import { cellsOf, order, type Sent, type Stage, timesOf, timesTold, type Visitor, waiting } from './browser.ts';

/** Segment’s client for browsers, against the collector. */
export function segmentInBrowser(here: () => Stage): void {
  const begin = async (source: string, options = '{}') => {
    const visitor = await here().visitor('/p/1?utm_source=xhs&utm_campaign=spring');
    await start(visitor, source, options);
    return visitor;
  };
  const start = async (visitor: Visitor, source: string, options = '{}') => {
    await visitor.load('@segment/analytics-next/dist/umd/index.js');
    await visitor.run(`
      window.sent = [];
      window.tell = ({ event: { messageId, timestamp } }) => {
        sent.push({ id: messageId, time: new Date(timestamp).toISOString() });
      };
      window.client = AnalyticsNext.AnalyticsBrowser.load(
        { writeKey: 'key-${source}', cdnURL: '${here().url}' }, ${options});
      await client.ready();`);
  };
  /** Options of a client that has the address of the collector from nowhere but them. */
  const addressed = () =>
    `{ integrations: { 'Segment.io': { apiHost: '${here().url.replace('http://', '')}/v1', protocol: 'http' } } }`;
  const batching = `{ integrations: { 'Segment.io': {
    deliveryStrategy: { strategy: 'batching', config: { size: 50, timeout: 60000 } } } } }`;

  describe('@segment/analytics-next', () => {
    test('stores each call once, with its id, time and identifiers', async () => {
      const visitor = await begin('ajs', addressed());
      const [first, second] = await visitor.run<[string, string]>(`
        tell(await client.page('Home'));
        tell(await client.alias('u1'));
        tell(await client.identify('u1', { email: 'a@b.co', plan: 'gold' }));
        tell(await client.track('Product Viewed', { product_id: 'p1' }));
        tell(await client.track('Order Completed', ${order}));
        tell(await client.group('g1', { name: 'Club' }));
        tell(await client.screen('Start'));
        const first = (await client.user()).anonymousId();
        await client.reset();
        tell(await client.track('加购 完成'));
        return [first, (await client.user()).anonymousId()];`);
      const sent = await visitor.run<Sent[]>('return sent');
      await here().whenAll('ajs', sent);

      const rows = await here().rows('ajs');
      expect(cellsOf(rows, 'behavior', 'id_user', 'id_anonymous', 'item_id', 'amount').toSorted()).toEqual(
        [
          ['page_view', undefined, first, undefined, undefined],
          ['alias', 'u1', first, undefined, undefined],
          ['identify', 'u1', first, undefined, undefined],
          ['item_view', 'u1', first, 'p1', undefined],
          ['pay', 'u1', first, 'p1', '10.00'],
          ['pay', 'u1', first, 'p2', '20.00'],
          ['group', 'u1', first, undefined, undefined],
          ['page_view', 'u1', first, undefined, undefined],
          ['加购 完成', undefined, second, undefined, undefined],
        ].toSorted(),
      );
      expect(first).not.toBe(second);
      expect(timesOf(rows)).toEqual(timesTold(sent));
      expect(rows.filter(({ props }) => props.truncated !== undefined)).toEqual([]);
      expect(new Set(cellsOf(rows, 'channel', 'campaign_id').map(String))).toEqual(new Set(['xhs,spring']));
      expect(rows.find(({ entity }) => entity === 'consumers')).toMatchObject({
        cells: { id_user: 'u1', id_anonymous: first, id_email: 'a@b.co' },
        props: { plan: 'gold' },
      });
      const letters = ['a', 'g', 'i', 'p', 's', 't'].map((letter) => `POST /v1/${letter} 200`);
      expect([...new Set(visitor.answers)].toSorted()).toEqual(['GET /v1/projects/key-ajs/settings 200', ...letters]);
      expect(visitor.wrong).toEqual([]);
      await visitor.context.close();
    });

    test('needs one address and one key, and sends what is left when the page is left', async () => {
      const visitor = await begin('ajsleft', batching);
      await visitor.run(`for (let nth = 0; nth < 20; nth++) tell(await client.track('A', { nth }))`);
      const sent = await visitor.run<Sent[]>('return sent');
      expect(sent).toHaveLength(20);
      expect(await here().rows('ajsleft')).toEqual([]);
      await visitor.page.goto('about:blank');
      await here().whenAll('ajsleft', sent);
      expect(visitor.wrong).toEqual([]);
      await visitor.context.close();
    });

    test('sends what it could not when the net is back, when it may again, and from the next page', async () => {
      const visitor = await begin('ajsnet');
      await visitor.context.setOffline(true);
      await visitor.run(`tell(await client.track('A')); tell(await client.track('B'))`);
      here().sources.set('ajsnet', { silent: true });
      await visitor.context.setOffline(false);
      await expect.poll(() => visitor.answers, waiting).toContain('POST /v1/t 503');
      here().sources.set('ajsnet', { perSecond: 1 });
      const sent = await visitor.run<Sent[]>('return sent');
      await here().whenAll('ajsnet', sent);

      here().sources.set('ajsnet', { silent: true });
      const later = await visitor.run<Sent[]>(`sent.splice(0); tell(await client.track('C')); return sent`);
      await visitor.page.goto('/p/2');
      here().sources.delete('ajsnet');
      await start(visitor, 'ajsnet');
      await here().whenAll('ajsnet', [...sent, ...later]);
      const rows = await here().rows('ajsnet');
      expect(rows).toHaveLength(3);
      expect(timesOf(rows)).toEqual(timesTold([...sent, ...later]));
      await visitor.context.close();
    });
  });
}
