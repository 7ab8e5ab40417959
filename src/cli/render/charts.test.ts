import { expect, test } from 'vitest';
import { texts } from '../text/text.ts';
import { barPicture, type Drawing, linePicture, matrixPicture } from './charts.ts';
import { count, percent } from './numbers.ts';

const same = (text: string) => text;
const second = (_: number, text: string) => text;
const drawing: Drawing = {
  text: texts.en,
  paint: { inColour: false, stage: second, gain: same, loss: same, heat: second, strong: same, faint: same },
  stages: [],
  format: count,
};

test('a bar a row, labels aligned by width, a loss lighter and with its sign', () => {
  const rows = [
    { x: '奶粉', metric: 'G', y: 200 },
    { x: 'cup', metric: 'R', y: -50 },
    { x: '', metric: 'W', y: null },
  ];
  expect(barPicture(rows, { x: 'x', y: 'y', series: 'metric' }, drawing)).toBe(
    `奶粉 G  ${'█'.repeat(36)} 200\ncup R   ${'▒'.repeat(9)} -50\n1 more rows are in the table\n`,
  );
});

test('a sparkline a series with its first, last, least and greatest value', () => {
  const rows = [
    { date: '2025-11-01', stage: 'A', consumers: 10 },
    { date: '2025-11-01', stage: 'L', consumers: 0 },
    { date: '2025-11-02', stage: 'A', consumers: 1700 },
    { date: '2025-11-02', stage: 'L', consumers: 0 },
    { date: '2025-11-03', stage: 'A', consumers: 850 },
    { date: '2025-11-03', stage: 'L', consumers: 0 },
  ];
  expect(linePicture(rows, { x: 'date', y: 'consumers', series: 'stage' }, drawing)).toBe(
    `2025-11-01 → 2025-11-03\nA  ▁█▄  10 → 850  10…1,700\nL  ▄▄▄  0 → 0  0…0\n`,
  );
});

test('a long line is thinned to the screen and keeps its last value', () => {
  const rows = Array.from({ length: 730 }, (_, i) => ({ date: String(i), y: i === 729 ? 9 : 1 }));
  const line = linePicture(rows, { x: 'date', y: 'y' }, drawing).split('\n')[1];
  expect(line).toBe(`${'▁'.repeat(35)}█  1 → 9  1…9`);
});

test('a heat map darkens with its values, leaves absent ones empty and cuts to the screen', () => {
  const rows = [
    { cohort: '2025-01', period: 0, rate: 1 },
    { cohort: '2025-01', period: 1, rate: 0.5 },
    { cohort: '2025-02', period: 0, rate: 1 },
  ];
  const chart = { x: 'period', y: 'cohort', value: 'rate' };
  expect(matrixPicture(rows, chart, { ...drawing, format: percent })).toBe(
    ['               0        1', '2025-01 ██100.0%    50.0%', '2025-02 ██100.0%', ''].join('\n'),
  );
  const wide = Array.from({ length: 30 }, (_, period) => ({ cohort: 'c', period, rate: 0.5 }));
  const cut = matrixPicture(wide, chart, { ...drawing, format: percent });
  expect(cut).toContain('more columns are in the table\n');
  for (const line of cut.split('\n')) expect(line.length).toBeLessThan(80);
});
