import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with the one line that continuous integration reads. */
export class CiLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(brokeOutsideTests).length + errors.length;
    const skipped = count('skipped');
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    process.on('exit', () =>
      process.stdout.write(`${count('passed')} passed, ${count('failed') + broken} failed${tail}\n`),
    );
  }
}

/** A file that failed though none of its tests did: it could not be read, or a hook of it threw. */
function brokeOutsideTests(module: TestModule): boolean {
  const tests = [...module.children.allTests()];
  return module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed');
}

// biome-ignore lint/style/noDefaultExport: Vitest takes a reporter module by its default export
export default CiLine;
