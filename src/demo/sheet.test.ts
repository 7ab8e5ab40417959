import { expect, test } from 'vitest';
import { type Piece, Sheet } from './sheet.ts';

function textOf(lines: readonly string[]): { text: string; pieces: number; rows: number } {
  const ready: Piece[] = [];
  const sheet = new Sheet('items', 'items.csv', ['item_id', 'title'], ready);
  for (const line of lines) sheet.add(line);
  sheet.flush();
  const text = Buffer.concat(ready.map((piece) => piece.bytes)).toString('utf8');
  return { text, pieces: ready.length, rows: sheet.rows };
}

test('an empty file has its header', () => {
  expect(textOf([])).toEqual({ text: 'item_id,title\n', pieces: 1, rows: 0 });
});

test('what goes in comes out, in order, however many pieces it takes', () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => `${i},溪木面霜\n`);
  const { text, pieces, rows } = textOf(lines);
  expect(text === `item_id,title\n${lines.join('')}`).toBe(true);
  expect(pieces).toBeGreaterThan(2);
  expect(rows).toBe(40_000);
});

test('a line longer than a piece is whole', () => {
  const long = `1,${'木'.repeat(200_000)}\n`;
  expect(textOf([long, '2,水\n']).text === `item_id,title\n${long}2,水\n`).toBe(true);
});
