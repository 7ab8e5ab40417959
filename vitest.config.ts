import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, longest first: begun early, so that no worker is left alone with one at the end. */
const longest = ['oracle', 'undo', 'killed', 'acceptance', 'identity', 'oracle-worlds', 'oracle-product', 'robust'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      longest.findIndex(
        (name) => moduleId.endsWith(`/test/import/${name}.test.ts`) || moduleId.endsWith(`/test/${name}.test.ts`),
      );
    const rank = (file: TestSpecification) => (place(file) === -1 ? longest.length : place(file));
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/memory.setup.ts'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './scripts/ci-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          // A kill between any two statements of an import takes minutes: QIANCHENG_TORTURE=1 npx vitest run dense
          exclude: [...configDefaults.exclude, ...(process.env.QIANCHENG_TORTURE ? [] : ['**/*-dense.test.ts'])],
        },
      },
      {
        extends: true,
        // Tests beside the code change nothing of their process, so that its modules are loaded once.
        test: { name: 'beside', include: ['src/**/*.test.ts', 'web/**/*.test.ts'], isolate: false },
      },
    ],
  },
});
