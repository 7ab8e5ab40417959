import type { Command } from 'commander';
import { show } from '../answer.ts';
import { commandOf } from '../command.ts';
import { bytes, count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

/** `backup FILE`: everything of a home in one file, as it is at one moment; the home goes on meanwhile. */
export function backupCommand(session: Session): Command {
  const says = session.text.commands.backup;
  return commandOf(session, 'backup', says)
    .argument('<file>', says.file)
    .option('--without-key', says.withoutKey)
    .action(async (to: string, { withoutKey = false }: { readonly withoutKey?: boolean }) => {
      const made = await session.withProduct((product, watch) => product.backup({ to, withKey: !withoutKey }, watch));
      const { text } = session;
      await show(session, {
        json: made,
        csv: { columns: ['file', 'rows', 'bytes', 'key'], rows: [{ ...made }] },
        table: () =>
          [
            text.moving.saved(made.file, count(made.rows), bytes(made.bytes)),
            made.key ? text.moving.withKey : text.moving.withoutKey,
            '',
          ].join('\n'),
      });
    });
}
