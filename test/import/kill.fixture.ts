/** Imports a path into a home, in a process that a test may kill: `tsx kill.fixture.ts HOME PATH`. */
import { importPath } from '../../src/app/importing.ts';
import { openInstallation } from '../../src/app/installation.ts';

const [home = '', path = ''] = process.argv.slice(2);
const installation = await openInstallation(home, {}, () => new Date('2026-07-01T00:00:00Z'));
const step = { file: '', rows: 0 };
const report = await importPath(
  {
    ...installation.context,
    watch: (progress) => {
      if (progress.step === step.file && progress.unit !== 'rows') return;
      step.file = progress.step;
      process.send?.({ step: progress.step, done: progress.done });
    },
  },
  path,
  {},
);
await installation.close();
process.send?.({ report });
process.disconnect?.();
