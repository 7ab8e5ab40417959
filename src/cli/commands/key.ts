import { type Command, Option } from 'commander';
import { type Role, roles } from '../../api/permissions.ts';
import { show } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Session } from '../session.ts';

function addCommand(session: Session): Command {
  const says = session.text.commands.keyAdd;
  return commandOf(session, 'add', says)
    .argument('<name>', says.name)
    .addOption(new Option('--role <role>', says.role).choices(roles).makeOptionMandatory())
    .action(async (name: string, { role }: { role: Role }) => {
      const made = await session.withProduct((product) => product.addKey(name, role));
      await show(session, {
        json: { name: made.name, key: made.key },
        csv: { columns: ['name', 'key'], rows: [{ name: made.name, key: made.key }] },
        table: () => `${session.text.key.made(made.name, made.key)}\n`,
      });
    });
}

/** `key add NAME --role ROLE`: keys of programs, `Authorization: Bearer KEY`. */
export function keyCommand(session: Session): Command {
  return commandOf(session, 'key', session.text.commands.key).addCommand(addCommand(session));
}
