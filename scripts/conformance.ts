import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import { startVitest } from 'vitest/node';

/** The word that the names of an engine's suites begin with. */
const engines = ['embedded', 'server', 'cluster'] as const;

/** The outermost suite a test stands in names its engine. */
function engineOf(test: TestCase): string | undefined {
  let suite: TestSuite | undefined;
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) suite = parent;
  return engines.find((engine) => suite?.name.startsWith(engine));
}

/** Prints what failed, then a line for each engine; a file that could not be run fails on every engine. */
class EngineLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message: string }[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const broken = [...errors, ...modules.flatMap((module) => module.errors())];
    for (const { message } of broken) console.error(message);
    for (const test of tests)
      for (const { message } of test.result().errors ?? []) console.error(`${test.fullName}: ${message}`);
    for (const engine of engines) {
      const own = tests.filter((test) => engineOf(test) === engine);
      const count = (state: string) => own.filter((test) => test.result().state === state).length;
      const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
      console.log(`${engine}: ${count('passed')} passed, ${count('failed') + broken.length} failed${skipped}`);
    }
  }
}

const vitest = await startVitest('test', ['test/conformance/'], { watch: false, reporters: [new EngineLines()] });
await vitest.close();
