import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const map = fileURLToPath(new URL('../ARCHITECTURE.md', import.meta.url));

/** Whom each layer may import: arrows point down only. */
const layers: Readonly<Record<string, readonly string[]>> = {
  base: [],
  api: ['base'], // shapes of what goes over the wire
  warehouse: ['base'],
  registry: ['base'],
  accounts: ['base', 'api', 'registry'],
  model: ['base', 'warehouse'],
  identity: ['base', 'warehouse', 'model'],
  sources: ['base', 'warehouse', 'model', 'identity'],
  lifecycle: ['base', 'warehouse', 'model'],
  analyses: ['base', 'warehouse', 'model', 'lifecycle'],
  lookalike: ['base', 'warehouse', 'model', 'lifecycle'],
  audiences: ['base', 'warehouse', 'model', 'identity', 'lifecycle', 'lookalike'],
  destinations: ['base'],
  intake: ['base', 'warehouse', 'registry', 'model', 'identity', 'sources'],
  collector: ['base', 'model'],
  demo: ['base', 'model'],
  app: [
    'base',
    'api',
    'accounts',
    'warehouse',
    'registry',
    'model',
    'identity',
    'sources',
    'lifecycle',
    'analyses',
    'lookalike',
    'audiences',
    'destinations',
    'intake',
    'collector',
    'demo',
  ],
  mcp: ['base', 'api', 'accounts', 'analyses', 'app'],
  http: ['base', 'api', 'accounts', 'model', 'analyses', 'app', 'mcp'],
  cli: ['base', 'api', 'model', 'analyses', 'app', 'mcp', 'http'],
};

/** Whom a layer may name in its types, and call nothing of. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  cli: ['warehouse'], // a row of an answer
  http: ['warehouse'],
  mcp: ['warehouse'],
};

interface File {
  /** Path below src, with `/`. */
  readonly path: string;
  readonly layer: string;
  readonly text: string;
}

/** All source but tests and what only tests use. */
const sources: readonly File[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => /\.(ts|mts|cts|tsx)$/.test(path))
  .filter((path) => !/\.(test|fixture)\.ts$/.test(path) && !path.includes('/testing/'))
  .map((path) => ({ path, layer: path.split('/')[0] ?? '', text: readFileSync(join(src, path), 'utf8') }));

/** The source without its comments, line by line as before. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ''));
}

/** Files of these layers in whose code the pattern stands, as `path:line`. */
function found(pattern: RegExp, within: (file: File) => boolean = () => true): string[] {
  return sources.filter(within).flatMap(({ path, text }) =>
    codeOf(text)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

/** Paths of one's own that a file imports, loads, or names for a child process. */
function importsOf(text: string): { target: string; typeOnly: boolean }[] {
  const imports =
    /(?:(import type|export type) [^';]*?from|\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'|new URL\('(\.[^']*\.ts)'/g;
  return [...codeOf(text).matchAll(imports)].map(([, type, path, url]) => ({
    target: path ?? url ?? '',
    typeOnly: type !== undefined,
  }));
}

/** Layer that an import path of a file leads to; the path itself where it leaves src. */
function layerOf(path: string, target: string): string {
  const inside = relative(src, join(src, dirname(path), target)).split(sep);
  return inside[0] ?? target;
}

test('the table of layers names every folder of src and no other', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect([...new Set(sources.map((file) => file.layer))].toSorted()).toEqual(Object.keys(layers).toSorted());
});

describe('imports point down only:', () => {
  test.each(Object.entries(layers))('%s', (layer, allowed) => {
    const wrong = sources
      .filter((file) => file.layer === layer)
      .flatMap(({ path, text }) =>
        importsOf(text)
          .map(({ target, typeOnly }) => ({ to: layerOf(path, target), typeOnly }))
          .filter(({ to }) => to !== layer && !allowed.includes(to))
          .filter(({ to, typeOnly }) => !(typeOnly && typesOf[layer]?.includes(to)))
          .map(({ to }) => `${path} imports ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no layer stands above itself', () => {
    const reaches = (from: string, seen: readonly string[] = []): readonly string[] =>
      (layers[from] ?? []).flatMap((to) => (seen.includes(to) ? [] : [to, ...reaches(to, [...seen, to])]));
    expect(Object.keys(layers).filter((layer) => reaches(layer).includes(layer))).toEqual([]);
  });
});

const below = ({ layer }: File) => !['app', 'mcp', 'http', 'cli'].includes(layer);

/** Places below app that may read the environment or the clock, each with its reason. */
const mayLook: readonly string[] = [
  'warehouse/embedded.ts', // hands the process's own environment on to the engine's process, and reads nothing of it
];

test('nothing below app reads the environment or the clock', () => {
  const looks = found(/process\.env|Date\.now\(\)|new Date\(\s*\)|performance\.now\(\)/, below);
  expect(looks.filter((place) => !mayLook.some((path) => place.startsWith(`${path}:`)))).toEqual([]);
});

test('only the terminal speaks, and through its own door', () => {
  expect(found(/\bconsole\./)).toEqual([]);
  expect(found(/process\.std(out|err)\.write/, (file) => file.layer !== 'cli')).toEqual([]);
});

test('nothing is exported by default', () => {
  expect(found(/^export default/)).toEqual([]);
});

/** Physical tables; a question reads them through the relations of model and lifecycle. */
const tables =
  'events order_lines order_heads memberships reviews profiles items media_spend contents creators inventory other_rows ' +
  'rejects identifiers digests cards links people shared stage_spans touched audience_bitmaps audience_cards push_members push_log push_plan push_diff';
const mayName = ['warehouse', 'model', 'lifecycle', 'audiences', 'intake', 'identity', 'app'];

test('the tables of facts are named in the layers that keep them only', () => {
  const named = new RegExp(`\\b(FROM|JOIN|INTO|TABLE|UPDATE)\\s+(${tables.split(' ').join('|')})\\b`);
  expect(found(named, ({ layer }) => layer === 'intake').length).toBeGreaterThan(5);
  expect(found(named, ({ layer }) => !mayName.includes(layer))).toEqual([]);
});

test('no file is longer than a reader can hold', () => {
  const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length })).filter((f) => f.lines > 500);
  expect(long).toEqual([]);
});

test.skipIf(!existsSync(map))('ARCHITECTURE.md names every folder of src (skipped until it is written)', () => {
  const text = readFileSync(map, 'utf8');
  expect(Object.keys(layers).filter((layer) => !new RegExp(`\\b${layer}/?\\b`).test(text))).toEqual([]);
});
