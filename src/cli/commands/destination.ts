import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Destination, DestinationKind } from '../../api/pushes.ts';
import { InputError } from '../../base/errors.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';

const columns = ['name', 'kind', 'settings', 'secrets', 'pushes', 'made_by', 'made_at'] as const;
const kindColumns = ['kind', 'settings', 'identifiers'] as const;

const rowOf = ({ name, kind, settings, secrets, pushes, created_by, created_at }: Destination): Row => ({
  ...{ name, kind, pushes },
  settings: Object.entries(settings)
    .map(([key, value]) => `${key}=${value}`)
    .join(' '),
  secrets: secrets.join(' '),
  made_by: created_by,
  made_at: created_at,
});

const kindRowOf = ({ id, fields, identifiers }: DestinationKind): Row => ({
  kind: id,
  settings: fields.map(({ name, required }) => (required ? name : `[${name}]`)).join(' '),
  identifiers: identifiers.join(' '),
});

/** Settings as `name=value`; `name=@file` takes the value from a file, so that a secret stands on no command line. */
function settingsOf(session: Session, given: readonly string[]): Record<string, string> {
  const pairs = given.map((each): [string, string] => {
    const at = each.indexOf('=');
    if (at < 1) throw new InputError('option', session.text.destination.setting(each));
    const [name, value] = [each.slice(0, at), each.slice(at + 1)];
    return [name, value.startsWith('@') ? contentOf(session, value.slice(1)) : value];
  });
  return Object.fromEntries(pairs);
}

function contentOf(session: Session, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new InputError('option', session.text.destination.file(path), { cause: error });
  }
}

function addCommand(session: Session): Command {
  const says = session.text.commands.destinationAdd;
  return commandOf(session, 'add', says)
    .argument('<name>', says.name)
    .requiredOption('--kind <kind>', says.kind)
    .option('--set <name=value...>', says.set)
    .action(async (name: string, { kind, set = [] }: { kind: string; set?: string[] }) => {
      const given = { name, kind, settings: settingsOf(session, set) };
      const { destination, made } = await session.withProduct((product) => product.pushing.addDestination(given));
      const told = Object.entries(made).map(([key, value]) => session.text.destination.made(key, value));
      await show(session, {
        json: { destination, made },
        csv: { columns, rows: [rowOf(destination)] },
        table: () => `${[session.text.destination.added(name), ...told].join('\n')}\n`,
      });
    });
}

function listCommand(session: Session): Command {
  const says = session.text.commands.destinationList;
  return commandOf(session, 'list', says)
    .option('--kinds', says.kinds)
    .action(async ({ kinds }: { kinds?: boolean }) => {
      if (kinds) {
        const rows = (await session.withProduct(async (product) => product.pushing.kinds())).map(kindRowOf);
        return showRows(session, titled(session.text, kindColumns), rows);
      }
      const rows = (await session.withProduct((product) => product.pushing.destinations())).map(rowOf);
      return showRows(session, titled(session.text, columns), rows);
    });
}

function removeCommand(session: Session): Command {
  const says = session.text.commands.destinationRemove;
  return commandOf(session, 'remove', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await session.withProduct((product) => product.pushing.removeDestination(name));
      await show(session, {
        json: { name },
        csv: { columns: ['name'], rows: [{ name }] },
        table: () => `${session.text.destination.removed(name)}\n`,
      });
    });
}

/** `destination add|list|remove`: places that audiences are sent to. */
export function destinationCommand(session: Session): Command {
  return commandOf(session, 'destination', session.text.commands.destination)
    .addCommand(addCommand(session))
    .addCommand(listCommand(session))
    .addCommand(removeCommand(session));
}
