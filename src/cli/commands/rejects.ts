import type { Command } from 'commander';
import { showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { RejectFilter, ReplayOptions } from '../product.ts';
import type { Session } from '../session.ts';
import { showImport } from './import.ts';

const columns = ['file', 'file_id', 'line', 'column', 'reason', 'raw', 'at'] as const;

function listCommand(session: Session): Command {
  const says = session.text.commands.rejectsList;
  return commandOf(session, 'list', says)
    .option('--import <id>', says.import, wholeNumber(session, '--import'))
    .option('--file <id>', says.file, wholeNumber(session, '--file'))
    .option('--limit <n>', says.limit, wholeNumber(session, '--limit'))
    .action(async (filter: RejectFilter) => {
      const rejects = await session.withProduct((product) => product.rejects(filter));
      const rows = rejects.map((reject) => ({ ...reject }));
      await showRows(session, titled(session.text, columns, { file_id: 'id', line: 'id' }), rows);
    });
}

function replayCommand(session: Session): Command {
  const { rejectsReplay: says, rejectsList, import: importing } = session.text.commands;
  return commandOf(session, 'replay', says)
    .option('--import <id>', rejectsList.import, wholeNumber(session, '--import'))
    .option('--file <id>', rejectsList.file, wholeNumber(session, '--file'))
    .option('--mapping <file>', importing.mapping)
    .option('--preset <name>', importing.preset)
    .option('--from <csv>', says.from)
    .action(async (options: ReplayOptions) => {
      await showImport(session, await session.withProduct((product, watch) => product.replayRejects(options, watch)));
    });
}

/** `rejects list`, `rejects replay`. */
export function rejectsCommand(session: Session): Command {
  return commandOf(session, 'rejects', session.text.commands.rejects)
    .addCommand(listCommand(session))
    .addCommand(replayCommand(session));
}
