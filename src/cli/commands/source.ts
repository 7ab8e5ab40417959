import type { Command } from 'commander';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';

const columns = ['name', 'accepted', 'duplicate', 'rejected', 'last_at'] as const;

function addCommand(session: Session): Command {
  const says = session.text.commands.sourceAdd;
  return commandOf(session, 'add', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      const made = await session.withProduct((product) => product.addSource(name));
      await show(session, {
        json: { name: made.name, key: made.key },
        csv: { columns: ['name', 'key'], rows: [{ name: made.name, key: made.key }] },
        table: () => `${session.text.source.made(made.name, made.key)}\n`,
      });
    });
}

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.sourceList).action(async () => {
    const sources = await session.withProduct((product) => product.sources());
    const rows = sources.map((each): Row => Object.fromEntries(columns.map((name) => [name, each[name]])));
    await showRows(session, titled(session.text, columns), rows);
  });
}

/** `source add NAME`, `source list`: what may send live events, and what came of them. */
export function sourceCommand(session: Session): Command {
  return commandOf(session, 'source', session.text.commands.source)
    .addCommand(addCommand(session))
    .addCommand(listCommand(session));
}
