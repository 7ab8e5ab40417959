import type { Command } from 'commander';
import { show } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import { fastReport } from '../render/fast-report.ts';
import type { Session } from '../session.ts';
import { importTable } from './import.ts';

interface Options {
  readonly size: string;
  readonly seed?: number;
}

/** `demo`: the demo brand in a fresh home, and its FAST of the period worth looking at. */
export function demoCommand(session: Session): Command {
  const says = session.text.commands.demo;
  return commandOf(session, 'demo', says)
    .option('--size <size>', says.size, 'small')
    .option('--seed <n>', says.seed, wholeNumber(session, '--seed'))
    .action(async (options: Options) => {
      const demo = await session.withProduct((product, watch) => product.demo(options, watch));
      const { loaded, report, from, to } = demo;
      const fast = await session.withProduct((product, watch) => product.run('fast', { from, to }, watch));
      const { text } = session;
      await show(session, {
        json: { loaded, from, to, import: report ?? null, fast },
        csv: { columns: ['metric', 'value', 'numerator', 'denominator'], rows: fast.rows },
        table: async () =>
          [
            report ? `${importTable(report, session)}\n` : '',
            `${loaded ? text.demo.loaded : text.demo.notLoaded}\n\n`,
            await fastReport(fast, session),
            `\n${text.demo.next}\n`,
          ].join(''),
      });
    });
}
