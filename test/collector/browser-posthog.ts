import { describe, expect, test } from 'vitest';
import { cellsOf, order, type Sent, type Stage, timesOf, timesTold, waiting } from './browser.ts';

/** PostHog’s client for browsers, against the collector. */
export function posthogInBrowser(here: () => Stage): void {
  const begin = async (source: string, options = '{}', script = 'array.js') => {
    const visitor = await here().visitor('/p/1?utm_source=xhs&utm_campaign=spring');
    await visitor.load(`posthog-js/dist/${script}`);
    // It takes a driven browser for a robot, and would send nothing.
    await visitor.run(`
      window.sent = [];
      await new Promise((loaded) => posthog.init('key-${source}', {
        api_host: '${here().url}', loaded, opt_out_useragent_filter: true,
        request_queue_config: { flush_interval_ms: 250 },
        before_send: (event) => {
          sent.push({ id: event.uuid, time: new Date(event.timestamp).toISOString() });
          return event;
        },
        ...${options},
      }));`);
    return visitor;
  };
  const calls = `
    const first = posthog.get_distinct_id();
    posthog.identify('u1', { email: 'a@b.co', plan: 'gold' });
    posthog.alias('u1-app');
    posthog.capture('Product Viewed', { product_id: 'p1' });
    posthog.capture('Order Completed', ${order});
    posthog.group('club', 'g1', { name: 'Club' });
    posthog.reset();
    posthog.capture('加购 完成');
    return [first, posthog.get_distinct_id()];`;

  describe('posthog-js', () => {
    test('stores each call once, with its id, time and identifiers', async () => {
      const visitor = await begin('ph');
      await expect.poll(() => here().rows('ph'), waiting).not.toEqual([]);
      const [first, second] = await visitor.run<[string, string]>(calls);
      const sent = await visitor.run<Sent[]>('return sent');
      await here().whenAll('ph', sent);

      const rows = await here().rows('ph');
      const ids = ['id_distinct', 'id_distinct#2', 'id_user', 'id_device'] as const;
      expect(cellsOf(rows, 'behavior', ...ids, 'item_id', 'amount').toSorted()).toEqual(
        [
          ['page_view', first, undefined, undefined, undefined, undefined, undefined],
          ['identify', 'u1', first, 'u1', undefined, undefined, undefined],
          ['alias', 'u1', 'u1-app', 'u1', undefined, undefined, undefined],
          ['item_view', 'u1', undefined, 'u1', undefined, 'p1', undefined],
          ['pay', 'u1', undefined, 'u1', undefined, 'p1', '10.00'],
          ['pay', 'u1', undefined, 'u1', undefined, 'p2', '20.00'],
          ['group', 'u1', undefined, 'u1', undefined, undefined, undefined],
          ['加购 完成', second, undefined, undefined, undefined, undefined, undefined],
        ].toSorted(),
      );
      expect(timesOf(rows)).toEqual(timesTold(sent));
      expect(rows.filter(({ props }) => props.truncated !== undefined)).toEqual([]);
      expect(cellsOf(rows, 'channel', 'campaign_id')).toContainEqual(['xhs', 'spring']);
      expect(rows.find(({ entity }) => entity === 'consumers')).toMatchObject({
        cells: { id_distinct: 'u1', 'id_distinct#2': first, id_user: 'u1', id_email: 'a@b.co' },
        props: { plan: 'gold' },
      });
      expect(visitor.wrong).toEqual([]);
      await visitor.context.close();
    });

    test.each([
      ['gzip by XMLHttpRequest', 'phxhr', `{ api_transport: 'XHR' }`, 'array.full.js'],
      ['nothing by fetch, one by one', 'phone', '{ disable_compression: true, request_batching: false }', 'array.js'],
      ['gzip by beacon', 'phbeacon', `{ api_transport: 'sendBeacon' }`, 'array.full.es5.js'],
    ])('packed with %s comes out the same', async (_, source, options, script) => {
      const visitor = await begin(source, options, script);
      await visitor.run(calls);
      const sent = await visitor.run<Sent[]>('return sent');
      await here().whenAll(source, sent);
      expect(timesOf(await here().rows(source))).toEqual(timesTold(sent));
      expect(visitor.wrong).toEqual([]);
      await visitor.context.close();
    });

    test('sends what is left when the page is left', async () => {
      const visitor = await begin('phleft', '{ request_queue_config: { flush_interval_ms: 5000 } }');
      await visitor.run(`for (let nth = 0; nth < 20; nth++) posthog.capture('A', { nth })`);
      const sent = await visitor.run<Sent[]>('return sent');
      const behaviors = async () => cellsOf(await here().rows('phleft'), 'behavior').flat();
      expect(await behaviors()).not.toContain('a');
      await visitor.page.goto('about:blank');
      await expect.poll(behaviors, waiting).toContain('pageleave');
      await expect
        .poll(async () => Object.keys(timesOf(await here().rows('phleft'))), waiting)
        .toEqual(expect.arrayContaining(sent.map(({ id }) => id)));
      expect(visitor.wrong).toEqual([]);
      await visitor.context.close();
    });

    test('sends what it could not when the net is back, and what was refused for now', async () => {
      const visitor = await begin('phnet', '{ request_batching: false, capture_pageview: false }');
      await visitor.page.clock.install();
      await visitor.context.setOffline(true);
      await visitor.run(`posthog.capture('A'); posthog.capture('B')`);
      here().sources.set('phnet', { silent: true });
      await visitor.context.setOffline(false);
      await visitor.run(`posthog.capture('C')`);
      await expect
        .poll(() => visitor.answers.filter((line) => line.endsWith(' 503')).length, waiting)
        .toBeGreaterThan(0);
      here().sources.delete('phnet');
      await visitor.page.clock.fastForward(60_000);
      const sent = await visitor.run<Sent[]>('return sent');
      await here().whenAll('phnet', sent);
      const rows = await here().rows('phnet');
      expect(rows).toHaveLength(3);
      expect(timesOf(rows)).toEqual(timesTold(sent));
      await visitor.context.close();
    });
  });
}
