import type { Command } from 'commander';
import { homeDir } from '../../app/home.ts';
import { show } from '../answer.ts';
import { commandOf } from '../command.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

/** `restore FILE`: a home made of a backup, every table checked by count and hash before the folder gets its name. */
export function restoreCommand(session: Session): Command {
  const says = session.text.commands.restore;
  return commandOf(session, 'restore', says)
    .argument('<file>', says.file)
    .action(async (from: string) => {
      const { io, text } = session;
      const { restore } = await import('../../app/backup/restore.ts');
      const dir = homeDir(session.home(), io.env);
      const made = await session.watched((watch) => restore({ from, dir, env: io.env, now: io.now }, watch));
      await show(session, {
        json: made,
        csv: { columns: ['home', 'rows', 'at'], rows: [{ ...made }] },
        table: () => `${text.moving.restored(made.home, count(made.rows), made.at)}\n`,
      });
    });
}
