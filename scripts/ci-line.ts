import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with the one line that continuous integration reads. */
export class CiLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const skipped = count('skipped');
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    process.on('exit', () =>
      process.stdout.write(`${count('passed')} passed, ${count('failed') + broken} failed${tail}\n`),
    );
  }
}

// biome-ignore lint/style/noDefaultExport: Vitest takes a reporter module by its default export
export default CiLine;
