import { answer } from '../../src/app/asking.ts';
import { totals } from '../../src/app/importing.ts';
import { timed } from '../clock.ts';
import { fileDay } from '../data/event-files.ts';
import { monthOf, ofMonth } from '../data/month.ts';
import { withHome } from '../home.ts';
import { homeOf, isImported, runImport } from '../importing.ts';
import { rowOf, type Work } from '../work.ts';

/** Every analysis of the shelf on the home that the import left. */
export const analysesMemory: Work = {
  name: 'analyses-memory',
  sides: {
    'analyses-memory/product': (plan) =>
      withHome(homeOf('import', plan), async (context) => {
        const { seconds } = await timed(async () => {
          for (const analysis of ofMonth) await answer(context, analysis.id, monthOf(analysis, fileDay));
        });
        return { seconds, consumers: (await totals(context)).consumers };
      }),
  },
  run: async (bench) => {
    if (!isImported('import', bench.plan)) await runImport(bench, 'import');
    const product = await bench.measure('analyses-memory/product');
    const names = ofMonth.map(({ id }) => id).join(', ');
    const note = `sum of ${ofMonth.length} analyses, each once, the first builds the stage spans: ${names}`;
    return [rowOf('analyses-memory', bench.plan, product, undefined, note)];
  },
};
