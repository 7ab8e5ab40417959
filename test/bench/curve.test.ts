import { describe, expect, it } from 'vitest';
import { costLines, dayLines, type Kept } from '../../bench/curve/lines.ts';
import { decades, pictureOf, sizeText, spread, timeText } from '../../bench/curve/picture.ts';

const scan = 'plain scan of events and order lines';
const row = (work: string, events: number, seconds: number, baseline = '', by: number | null = null): Kept => ({
  work,
  events,
  seconds,
  baseline,
  baseline_seconds: by,
});

describe('the lines of cost against size', () => {
  it('has a line a question, by size, of each size the last run, and the scan as the limit', () => {
    const lines = costLines([
      row('fast', 1e7, 0.9, scan, 0.05),
      row('fast', 1e6, 0.2, scan, 0.01),
      row('fast', 1e6, 0.1, scan, 0.02),
      row('audience-5', 1e6, 0.3, 'DuckDB SQL', 0.2),
      row('import', 1e6, 2),
    ]);
    expect(lines).toEqual([
      {
        name: 'fast',
        kind: 'question',
        points: [
          { events: 1e6, seconds: 0.1 },
          { events: 1e7, seconds: 0.9 },
        ],
      },
      {
        name: 'plain scan',
        kind: 'limit',
        points: [
          { events: 1e6, seconds: 0.02 },
          { events: 1e7, seconds: 0.05 },
        ],
      },
      { name: 'audience-5', kind: 'audience', points: [{ events: 1e6, seconds: 0.3 }] },
      { name: 'import', kind: 'import', points: [{ events: 1e6, seconds: 2 }] },
    ]);
  });

  it.each([
    'fast-duckdb',
    'shards-2',
    'aipl-increment',
    'audience-refresh',
    'import-day',
    'collector',
    'identity-increment',
  ])('leaves out %s', (work) => {
    expect(costLines([row(work, 1e6, 1)])).toEqual([]);
  });

  it('sets the cost of a day against that of everything', () => {
    const lines = dayLines([
      row('fast', 1e6, 1),
      row('import-day', 1e6, 0.5),
      row('aipl-increment', 1e6, 0.2, 'full build', 4),
      row('audience-refresh', 1e6, 0.1, 'its rule asked anew', 0.3),
    ]);
    expect(lines.map(({ name, kind, points }) => [name, kind, points[0]?.seconds])).toEqual([
      ['a day’s rows imported', 'import', 0.5],
      ['stages after a day', 'question', 0.2],
      ['all stages anew', 'limit', 4],
      ['audience after 1,000 rows', 'audience', 0.1],
      ['audience anew', 'limit', 0.3],
    ]);
  });
});

describe('the picture', () => {
  it.each([
    [[0.02, 4], -2, 1],
    [[1, 10], 0, 1],
    [[5], 0, 1],
    [[1000], 3, 4],
    [[], 0, 1],
    [[0, 30], 1, 2],
  ])('holds %j within powers of ten', (values, from, to) => {
    expect(decades(values)).toEqual({ from, to });
  });

  it.each([
    [
      [10, 50],
      [10, 50],
    ],
    [
      [50, 10],
      [50, 10],
    ],
    [
      [50, 50],
      [43, 57],
    ],
    [
      [50, 52, 90],
      [44, 58, 90],
    ],
    [
      [2, 2, 2],
      [0, 14, 28],
    ],
    [
      [50, 51, 70],
      [43, 57, 71],
    ],
  ])('spreads labels at %j to %j', (places, spreadOut) => {
    const moved = spread(places, 14, 0);
    moved.forEach((place, i) => {
      expect(place).toBeCloseTo(spreadOut[i] ?? Number.NaN, 6);
    });
  });

  it.each([
    [300_000, '300 k'],
    [1e6, '1 M'],
    [1e8, '100 M'],
    [1e9, '1 B'],
  ])('calls %d events %s', (events, text) => {
    expect(sizeText(events)).toBe(text);
  });

  it.each([
    [0.001, '1 ms'],
    [0.0526, '52.6 ms'],
    [0.1, '0.1 s'],
    [48.723, '48.7 s'],
  ])('calls %d seconds %s', (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  it('draws every line with its name and last value, higher for more seconds', () => {
    const svg = pictureOf(
      'Cost <of> size',
      costLines([row('fast', 1e6, 1, scan, 0.1), row('fast', 1e7, 10, scan, 0.2)]),
    );
    expect(svg).toContain('Cost &lt;of&gt; size');
    expect(svg).toContain('>fast 10 s</text>');
    expect(svg).toContain('>plain scan 0.2 s</text>');
    const [, path = ''] = /points="([^"]+)"/.exec(svg) ?? [];
    const [from, to] = path.split(' ').map((at) => at.split(',').map(Number));
    expect([from?.[0], to?.[0]]).toEqual([64, 740]);
    expect(to?.[1]).toBeLessThan(from?.[1] ?? 0);
  });
});
