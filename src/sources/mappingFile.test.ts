import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cellKeys, mappingKeys } from './mapping.ts';
import { mappingFor, readMapping } from './mappingFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'map.yaml');
  writeFileSync(path, text);
  return readMapping(path);
}

describe('a mapping file', () => {
  test('holds one mapping or a list of them', () => {
    const one = 'entity: items\ncolumns: {item_id: SKU}';
    const item = { entity: 'items', columns: { item_id: 'SKU' } };
    expect(read(one)).toEqual([item]);
    expect(read('- entity: items\n  columns: {item_id: SKU}\n- entity: other\n  columns: {}')).toEqual([
      item,
      { entity: 'other', columns: {} },
    ]);
  });

  const faults: [text: string, message: RegExp][] = [
    ['', /must hold entity and columns/],
    ['[]', /must hold entity and columns/],
    ['- 3', /must hold entity and columns/],
    ['a: [', /is not YAML: .*line 1/],
    ['entity: item\ncolumns: {}', /entity must be one of events, orders,/],
    ['entity: items\nfoo: 1\ncolumns: {item_id: a}', /\n {2}foo is not a key; allowed: entity, source, headers/],
    ['entity: items\ncolumns: {item_id: 3}', /columns\.item_id must be a source column's name or a rule with column,/],
    ['entity: items\ncolumns: {item_id: {colum: a}}', /columns\.item_id\.colum is not a key; allowed: column,/],
    [
      'entity: items\ncolumns: {item_id: {join: {columns: [a], bye: x}}}',
      /columns\.item_id\.join\.bye is not a key; allowed: columns, by/,
    ],
    [
      'entity: items\ncolumns: {item_id: {column: a, when: {start: C}}}',
      /when\.start is not a key; allowed: column, starts,/,
    ],
    [
      'entity: items\ncolumns: {item_id: {column: a, zone: Asia/Nowhere}}',
      /columns\.item_id\.zone: must be an IANA time zone/,
    ],
    [
      'entity: items\ncolumns: {item_id: {empty: x}}',
      /columns\.item_id must have exactly one of column, constant, join, multiply/,
    ],
    ['entity: items\ncolumns: {item_id: {column: a, constant: b}}', /must have exactly one of/],
    [
      'entity: items\ncolumns: {item_id: a, colour: b}',
      /columns\.colour is not a column of items; allowed: item_id, title/,
    ],
    ['entity: items\ncolumns: {item_id: a, id_user: b}', /columns\.id_user names a person/],
    ['entity: events\ncolumns: {event_time: a, behavior: b}', /columns has no id_<type>; events needs one/],
    [
      'entity: events\ncolumns: {event_time: a, behavior: b, id_手机: c}',
      /columns\.id_手机 must be id_ and lower-case letters/,
    ],
    [
      'entity: orders\ncolumns: {order_id: a, amount: b, id_user: c}',
      /columns\.order_time is missing; orders needs it/,
    ],
    ['- entity: items\n  columns: {item_id: a}\n- entity: items\n  columns: {}', /\[2\]\.columns\.item_id is missing/],
  ];
  test.each(faults)('that says %j is told its fault and what is allowed', (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(join(folder, 'map.yaml'));
    const told: unknown = expect.stringMatching(/有以下问题，请逐条修正：\n {2}.*\p{Script=Han}/u);
    expect(() => read(text)).toThrow(expect.objectContaining({ text: expect.objectContaining({ zh: told }) }));
  });

  test('that is not there is said to be not there', () => {
    expect(() => readMapping(join(folder, 'none.yaml'))).toThrow(/none\.yaml cannot be read \(ENOENT\)/);
  });

  test('of headless lines needs neither time nor person', () => {
    expect(read('entity: orders\nheadless: true\ncolumns: {order_id: a, amount: b}')).toHaveLength(1);
  });
});

describe('of several mappings', () => {
  const items = { entity: 'items' as const, columns: {} };
  const small = { ...items, headers: ['a'] };
  const large = { ...items, headers: ['a', 'B'] };
  const rows: [what: string, columns: string[], mappings: (typeof items)[], got: unknown][] = [
    ['the one with most headers', ['a', 'b', 'c'], [items, small, large], large],
    ['the one whose headers are all there', ['a', 'c'], [items, large, small], small],
    ['the one that asks for none', ['c'], [small, items, large], items],
    ['none', ['c'], [small], undefined],
  ];
  test.each(rows)('%s is for a file', (_what, columns, mappings, got) => {
    expect(mappingFor(mappings, columns)).toBe(got);
  });
});

describe('the documentation of mappings', () => {
  const text = readFileSync(new URL('../../docs/mapping.md', import.meta.url), 'utf8');
  test.each([...mappingKeys, ...cellKeys])('explains %s in both languages', (name) => {
    expect(text.split(`\n| \`${name}\` |`).length).toBe(3);
  });

  test('shows mapping files that are read without a fault', () => {
    const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.map((yaml) => read(yaml).length)).toEqual([2, 2]);
  });
});
