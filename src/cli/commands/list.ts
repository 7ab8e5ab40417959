import type { Command } from 'commander';
import { analyses } from '../../analyses/index.ts';
import { listed, show, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Session } from '../session.ts';

const columns = ['id', 'title', 'question', 'origin'] as const;

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
    const shown = rows.map((row) => ({ ...row, origin: text.origin[row.origin] }));
    await show(session, {
      json: rows,
      csv: { columns, rows },
      table: () => listed(session, titled(text, columns), shown),
    });
  });
}
