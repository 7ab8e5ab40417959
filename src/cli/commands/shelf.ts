import type { Command } from 'commander';
import type { Analysis } from '../../analyses/analysis.ts';
import { analyses } from '../../analyses/index.ts';
import { NotFoundError } from '../../base/errors.ts';
import { type CommandText, commandOf } from '../command.ts';
import { addFlags, flagsOf, wordsOf } from '../params.ts';
import type { Session } from '../session.ts';

const exampleDay = '2025-11-11';
const exampleStart = '2025-11-01';
const exampleNumber = 30;

/** Values for what an analysis requires, by which help and `explain` show a call of it. */
export function exampleOf(analysis: Analysis, session: Session): Record<string, string | number> {
  const required = flagsOf(analysis, session).filter(({ isRequired }) => isRequired);
  return Object.fromEntries(
    required.map(({ name, schema }) => {
      if (schema.format === 'date') return [name, name.endsWith('from') ? exampleStart : exampleDay];
      if (schema.type === 'integer') return [name, exampleNumber];
      return [name, String(schema.enum?.[0] ?? 'VALUE')];
    }),
  );
}

function subcommand(session: Session, verb: string, analysis: Analysis): Command {
  const call = `${verb} ${analysis.id} ${wordsOf(exampleOf(analysis, session))}`;
  const says: CommandText = {
    is: analysis.title[session.locale],
    more: analysis.question[session.locale],
    examples: [
      [call, session.text.commands.shelf.reader],
      [`${call} --format json`, session.text.commands.shelf.program],
    ],
  };
  const command = commandOf(session, analysis.id, says);
  addFlags(command, flagsOf(analysis, session), session);
  return command;
}

/** A command with one subcommand an analysis of the shelf, its flags made from the analysis's parameters. */
export function shelfCommand(
  session: Session,
  verb: 'run' | 'explain',
  act: (analysis: Analysis, command: Command) => Promise<void>,
  extend: (command: Command) => void,
): Command {
  const says = session.text.commands[verb];
  const known = analyses.map(({ id }) => id).join(', ');
  const command = commandOf(session, verb, says)
    .argument('<id>', says.id)
    .allowUnknownOption()
    .allowExcessArguments()
    .action((id: string) => {
      throw new NotFoundError('analysis', session.text.params.noAnalysis(id, known));
    });
  for (const analysis of analyses) {
    const each = subcommand(session, verb, analysis);
    extend(each);
    command.addCommand(each.action(() => act(analysis, each)));
  }
  return command;
}
