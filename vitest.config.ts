import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A kill between any two statements of an import takes minutes: QIANCHENG_TORTURE=1 npx vitest run dense
    exclude: [...configDefaults.exclude, ...(process.env.QIANCHENG_TORTURE ? [] : ['**/*-dense.test.ts'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './scripts/ci-line.ts'],
  },
});
