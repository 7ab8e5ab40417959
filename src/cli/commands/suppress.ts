import type { Command } from 'commander';
import type { Suppression } from '../../api/suppressions.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';

const columns = ['id', 'identifier', 'made_by', 'made_at'] as const;

const rowOf = ({ id, identifier, made_by, made_at }: Suppression): Row => ({ id, identifier, made_by, made_at });

function addCommand(session: Session): Command {
  const says = session.text.commands.suppressAdd;
  return commandOf(session, 'add', says)
    .argument('<identifier>', says.identifier)
    .action(async (identifier: string) => {
      const made = await session.withProduct((product) => product.suppress(identifier));
      await showRows(session, titled(session.text, columns), [rowOf(made)]);
    });
}

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.suppressList).action(async () => {
    const rows = (await session.withProduct((product) => product.suppressions())).map(rowOf);
    await showRows(session, titled(session.text, columns), rows);
  });
}

function removeCommand(session: Session): Command {
  const says = session.text.commands.suppressRemove;
  return commandOf(session, 'remove', says)
    .argument('<id>', says.id, wholeNumber(session, 'id'))
    .action(async (id: number) => {
      await session.withProduct((product) => product.unsuppress(id));
      await show(session, {
        json: { id },
        csv: { columns: ['id'], rows: [{ id }] },
        table: () => `${session.text.suppress.removed(String(id))}\n`,
      });
    });
}

/** `suppress add|list|remove`: identifiers whose rows are refused, as a deleted person's are. */
export function suppressCommand(session: Session): Command {
  return commandOf(session, 'suppress', session.text.commands.suppress)
    .addCommand(addCommand(session))
    .addCommand(listCommand(session))
    .addCommand(removeCommand(session));
}
