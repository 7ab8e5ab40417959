/** The documents name what the program has, and nothing that it does not have. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { analyses } from '../src/analyses/index.ts';
import { readConfig } from '../src/app/config.ts';
import { InputError } from '../src/base/errors.ts';
import { programOf } from '../src/cli/program.ts';
import { presets } from '../src/sources/presets/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const below = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });

const readmes = ['README.md', 'README.zh-CN.md'] as const;
const guides = readdirSync(join(root, 'docs')).map((name) => join('docs', name));
const pages = below('src/analyses')
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('src/analyses', name));
const atRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
const [english, chinese] = readmes.map(read) as [string, string];
const manual = [...readmes, ...guides].map(read).join('\n');

/** Texts in backticks and lines of fenced blocks: what a reader would type or look up. */
function quoted(text: string): string[] {
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...fenced, ...inline];
}

/** Commands of the program with the words that call them, such as `rejects list`. */
function commandsOf(command: Command, above: readonly string[] = []): string[][] {
  return command.commands.flatMap((each) => {
    const words = [...above, each.name()];
    const isShelf = analyses.some(({ id }) => id === each.name());
    return isShelf ? [] : [words, ...commandsOf(each, words)];
  });
}

const nowhere = { write: () => {}, isTTY: false };
const { program } = programOf(
  {
    stdout: nowhere,
    stderr: nowhere,
    env: {},
    now: () => new Date(0),
    signal: new AbortController().signal,
    openProduct: () => Promise.reject(new Error('documents need no home')),
    startServer: () => Promise.reject(new Error('not in this test')),
  },
  'en',
);
const commands = commandsOf(program).map((words) => words.join(' '));
/** Commands that only hold others are named by those. */
const callable = commands.filter(
  (each) => each === 'import' || !commands.some((other) => other.startsWith(`${each} `)),
);

test.each(callable)('the command %s is named in both READMEs', (command) => {
  const named = (text: string) =>
    quoted(text).some((code) => `${code} `.replace('./qiancheng ', '').startsWith(`${command} `));
  expect({ english: named(english), chinese: named(chinese) }).toEqual({ english: true, chinese: true });
});

test('no document calls a command that the program does not have', () => {
  const calls = [...readmes, ...guides, 'CONTRIBUTING.md']
    .flatMap((path) => quoted(read(path)))
    .flatMap((code) => [...code.matchAll(/\.\/qiancheng ((?:--\w+ \S+ )*)([a-z]+)/g)].map(([, , name]) => name));
  const names = new Set(program.commands.map((each) => each.name()));
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter((name) => name === undefined || !names.has(name))).toEqual([]);
});

test('both READMEs name the same commands, options, analyses and presets', () => {
  const codes = (text: string) => {
    const words = quoted(text).map((code) => code.replace(/\s+#.*$/, '').trim());
    return [
      ...new Set(words.filter((code) => /^[./a-zA-Z-][\x20-\x7e]*$/.test(code) && !/^[A-Z] {1,2}[A-Z]/.test(code))),
    ].sort();
  };
  const inPicture = /consumers|▲|÷|held|rose|members|compared|Aware|newcomers|Start/;
  const of = (text: string) => codes(text).filter((code) => !inPicture.test(code));
  expect(of(english).length).toBeGreaterThan(40);
  expect(of(chinese)).toEqual(of(english));
});

test('every analysis has a page, and the READMEs list none that is not on the shelf', () => {
  const ids = analyses.map(({ id }) => id);
  const documented = ids.filter((id) => pages.some((page) => page.endsWith(`/${id}.md`)) || manual.includes(`\`${id}`));
  expect(documented).toEqual(ids);
  for (const text of [english, chinese]) {
    const listed = [...text.matchAll(/^\| `([a-z-]+) --/gm)].map(([, id]) => id);
    expect(listed.length).toBeGreaterThan(7);
    expect(listed.filter((id) => id === undefined || !ids.includes(id))).toEqual([]);
  }
});

test.each(presets.map(({ name }) => name))('the preset %s is named', (name) => {
  expect(manual).toContain(`\`${name}\``);
});

/** Keys a configuration may have, as its own fault names them. */
function keysAllowed(yaml: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-docs-'));
  try {
    writeFileSync(join(folder, 'config.yaml'), yaml);
    readConfig(folder, {});
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return (/allowed here: (.*)/.exec(error.message)?.[1] ?? '').split(', ');
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [];
}

describe('docs/operate.md', () => {
  const operate = read('docs/operate.md');

  test('names every key of the configuration, in both languages', () => {
    const keys = [...keysAllowed('nonsense: 1'), ...keysAllowed('identifiers: { phone: { nonsense: 1 } }')];
    expect(keys).toEqual(expect.arrayContaining(['zone', 'postgres_url', 'normalise']));
    for (const half of operate.split('## English'))
      expect(keys.filter((key) => !new RegExp(`(^|[\`{ ,])${key}(:|\`)`, 'm').test(half))).toEqual([]);
  });

  test('names every variable of the environment', () => {
    const sources = below('src').filter((name) => name.endsWith('.ts'));
    const used = sources.flatMap((name) => read(join('src', name)).match(/QIANCHENG_[A-Z_]*[A-Z]/g) ?? []);
    expect(used).toContain('QIANCHENG_HOME');
    expect([...new Set(used)].filter((name) => !operate.includes(name))).toEqual([]);
  });
});

test('ARCHITECTURE.md has a line for every folder of src, and no line for another', () => {
  const [tree = ''] = read('ARCHITECTURE.md').match(/^src\/\n( {2}\w+\/ .*\n)+/m) ?? [];
  const drawn = [...tree.matchAll(/^ {2}(\w+)\//gm)].map(([, name]) => name);
  expect(drawn.toSorted()).toEqual(readdirSync(join(root, 'src')).toSorted());
});

test('ARCHITECTURE.md names every table', () => {
  const migrations = [
    ...readdirSync(join(root, 'src/warehouse/migrations')).map((name) => `src/warehouse/migrations/${name}`),
    ...readdirSync(join(root, 'src/registry/migrations'))
      .filter((name) => /^\d/.test(name))
      .map((name) => `src/registry/migrations/${name}`),
  ];
  const tables = migrations
    .map(read)
    .flatMap((text) => [
      ...[...text.matchAll(/create table (?:if not exists )?(\w+) \(/gi)].map(([, name]) => name),
      ...[...text.matchAll(/^ {2}\['(\w+)',/gm)].map(([, name]) => name),
      ...[...text.matchAll(/\btable: '(\w+)'/g)].map(([, name]) => name),
    ]);
  expect(tables).toEqual(expect.arrayContaining(['events', 'stage_spans', 'import_file']));
  const dropped = migrations
    .map(read)
    .flatMap((text) => [...text.matchAll(/drop table if exists (\w+)/gi)].map(([, name]) => name));
  const architecture = read('ARCHITECTURE.md');
  expect(
    tables.filter((name) => !dropped.includes(name)).filter((name) => !architecture.includes(`\`${name}\``)),
  ).toEqual([]);
});

test('DECISIONS.md gives a reason for every dependency, and for none that is gone', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const given = read('DECISIONS.md')
    .split(/^## .*Dependencies/m)
    .slice(1)
    .join('');
  const named = [...given.matchAll(/^- (.*?):/gm)]
    .flatMap(([, names = '']) => names.match(/`[^`]+`/g) ?? [])
    .map((name) => name.slice(1, -1));
  expect(named.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
});

test.each([...atRoot, ...guides, ...pages])('links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
  const broken = links.filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(path), target)));
  expect(broken).toEqual([]);
});
