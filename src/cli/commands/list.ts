import type { Command } from 'commander';
import { analyses } from '../../analyses/index.ts';
import type { Origin } from '../../model/rules/ruleSet.ts';
import { show } from '../answer.ts';
import { commandOf } from '../command.ts';
import { padEnd, widthOf, wrap } from '../render/width.ts';
import type { Session } from '../session.ts';

const columns = ['id', 'title', 'question', 'origin'] as const;
const screen = 79;

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly origin: Origin;
}

/** An analysis in a few lines: its id before its title, its question under it. */
function shelf(entries: readonly Entry[], { paint, text }: Session): string {
  const indent = Math.max(...entries.map(({ id }) => widthOf(id))) + 2;
  return entries
    .flatMap(({ id, title, question, origin }) => [
      `${paint.strong(padEnd(id, indent))}${title} ${paint.faint(`· ${text.origin[origin]}`)}\n`,
      ...wrap(question, screen - indent).map((line) => `${' '.repeat(indent)}${line}\n`),
    ])
    .join('');
}

/** `list`: the shelf; it needs no home. */
export function listCommand(session: Session): Command {
  const { locale, text } = session;
  return commandOf(session, 'list', text.commands.list).action(async () => {
    const rows = analyses.map(({ id, title, question, origin }) => ({
      id,
      title: title[locale],
      question: question[locale],
      origin,
    }));
    await show(session, {
      json: rows,
      csv: { columns, rows },
      table: () => shelf(rows, session),
    });
  });
}
