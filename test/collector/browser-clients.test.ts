import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../walks/browser.ts';
import { openStage, type Stage, waiting } from './browser.ts';
import { jitsuInBrowser } from './browser-jitsu.ts';
import { posthogInBrowser } from './browser-posthog.ts';
import { segmentInBrowser } from './browser-segment.ts';

let stage: Stage;
const here = () => stage;
beforeAll(async () => {
  if (chromiumPath) stage = await openStage();
});
afterAll(() => stage?.close());

describe.skipIf(!chromiumPath)('in a browser (skipped where no Chromium is installed)', () => {
  segmentInBrowser(here);
  posthogInBrowser(here);
  jitsuInBrowser(here);

  test('a page of another site reads every answer, and how long to wait', async () => {
    stage.sources.set('away', { silent: true });
    stage.sources.set('slow', { perSecond: 1 });
    const visitor = await stage.visitor();
    const answers = await visitor.run(`
      const post = async (path, key, body) => {
        const headers = { 'Content-Type': 'text/plain', Authorization: 'Basic ' + btoa(key + ':'), 'X-Retry-Count': '1' };
        const answer = await fetch('${stage.url}' + path, { method: 'POST', headers, body, credentials: 'include' });
        return [answer.status, answer.headers.get('Retry-After')];
      };
      const batch = JSON.stringify({ batch: Array(3).fill({ event: 'A', type: 'track' }) });
      return [
        await post('/v1/b', 'key-slow', batch),
        await post('/v1/b', 'key-slow', batch),
        await post('/v1/b', 'key-away', batch),
        await post('/v1/b', 'unknown', batch),
        await post('/v1/b', 'key-slow', '{'),
        await post('/v1/m', 'key-slow', '{"series":[]}'),
        await post('/s/', 'key-slow', '{}'),
      ];`);
    expect(answers).toEqual([
      [200, null],
      [429, expect.stringMatching(/^[1-9]$/)],
      [503, '1'],
      [401, null],
      [429, expect.stringMatching(/^[1-9]$/)],
      [200, null],
      [200, null],
    ]);
    await visitor.context.close();
  });

  test('a beacon that asks leave before it is sent arrives when the page is left', async () => {
    const visitor = await stage.visitor();
    await visitor.run(`
      const event = { type: 'track', event: 'A', messageId: 'beacon', writeKey: 'key-beacon' };
      navigator.sendBeacon('${stage.url}/v1/t', new Blob([JSON.stringify(event)], { type: 'application/json' }));`);
    await visitor.page.goto('about:blank');
    await expect
      .poll(async () => (await stage.rows('beacon')).map(({ cells }) => cells.event_id), waiting)
      .toEqual(['beacon']);
    expect(visitor.wrong).toEqual([]);
    await visitor.context.close();
  });
});
