import { type Command, Option } from 'commander';
import { type IdList, type ListForm, listForms } from '../../api/lists.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';

const columns = ['name', 'id_type', 'form', 'given', 'usable', 'matched', 'consumers'] as const;

const rowOf = ({ name, id_type, form, given, usable, matched, consumers }: IdList): Row => ({
  ...{ name, id_type, form, given, usable, matched, consumers },
});

const showLists = (session: Session, lists: readonly IdList[]): Promise<void> =>
  showRows(session, titled(session.text, columns), lists.map(rowOf));

/** `audience upload NAME FILE --id phone`. */
export function uploadCommand(session: Session): Command {
  const says = session.text.commands.audienceUpload;
  return commandOf(session, 'upload', says)
    .argument('<name>', says.name)
    .argument('<file>', says.file)
    .requiredOption('--id <type>', says.id)
    .addOption(new Option('--form <form>', says.form).choices(listForms).default('plain'))
    .option('--column <name>', says.column)
    .action(async (name: string, file: string, options: { id: string; form: ListForm; column?: string }) => {
      const made = await session.withProduct((product) => product.uploadList(file, { name, ...options }));
      await showLists(session, [made]);
    });
}

/** `audience lists`. */
export function listsCommand(session: Session): Command {
  return commandOf(session, 'lists', session.text.commands.audienceLists).action(async () => {
    await showLists(session, await session.withProduct((product) => product.idLists()));
  });
}

/** `audience unlist NAME`. */
export function unlistCommand(session: Session): Command {
  const says = session.text.commands.audienceUnlist;
  return commandOf(session, 'unlist', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await session.withProduct((product) => product.removeList(name));
      await show(session, {
        json: { name },
        csv: { columns: ['name'], rows: [{ name }] },
        table: () => `${session.text.grow.unlisted(name)}\n`,
      });
    });
}
