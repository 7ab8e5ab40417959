import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, longest first: begun early, so that no worker is left alone with one at the end. */
const longest = [
  'conformance/analyses',
  'moving/move',
  'undo',
  'import/oracle',
  'cuts',
  'import/identity',
  'conformance/understand',
  'acceptance',
  'moving/backup',
  'import/killed',
  'conformance/warehouse',
  'cluster/servers',
  'oracle-worlds',
  'conformance/audiences',
  'cuts-killed',
  'powerCut',
  'cuts-any-order',
  'contract',
  'audiences/life',
  'torture',
  'audiences/saved',
  'robust',
  'audiences/random',
  'privacy',
  'terminal',
  'stories/demo',
  'damage',
  'import/jobs',
  'cluster/faults',
  'sides',
  'oracle-product',
  'moving/serving',
  's3',
  'live',
  'stop',
  'push/killed',
  'cutNetwork',
  'lookalike/lookalike',
  'conformance/lookalike',
  'reopen',
  'browser-clients',
  'presets',
  'capacity',
  'robust-rejects',
  'aipl-moves',
  'read/csv',
  'zones',
];

/** Files with a process each come first: between others they would end the process that those share. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    const rank = (file: TestSpecification) => {
      if (file.project.name === 'alone') return -1;
      return place(file) === -1 ? longest.length : place(file);
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Tests that put other modules in place of ours, and those that look at pages, have a process each. */
const alone = ['test/shelf-walk.test.ts', 'test/walks/**/*.test.ts'];
// A kill between any two statements of an import takes minutes: QIANCHENG_TORTURE=1 npx vitest run dense
const dense = process.env.QIANCHENG_TORTURE ? [] : ['**/*-dense.test.ts'];

export default defineConfig({
  // The engine's process begins from JavaScript made once a run; test/import/killed.test.ts begins it as the product does.
  resolve: {
    alias: [
      {
        find: /^\.\/engineProgram\.ts$/,
        replacement: fileURLToPath(new URL('test/engine.program.ts', import.meta.url)),
      },
    ],
  },
  test: {
    pool: 'forks',
    // A worker and its engine take turns, and walks wait for frames: more workers than cores leave no core idle.
    maxWorkers: Math.max(2, Math.ceil(availableParallelism() * 1.5)),
    globalSetup: ['test/memory.setup.ts', 'test/engine.setup.ts', 'test/templates.setup.ts'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './scripts/ci-line.ts'],
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        // Tests that change nothing of their process share it, so that its modules are loaded once.
        test: {
          name: 'together',
          include: ['test/**/*.test.ts', 'src/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone, ...dense],
          isolate: false,
        },
      },
    ],
  },
});
