import type { Command } from 'commander';
import type { Text } from '../../base/text.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import { diffRules, diffText, rulesText } from '../render/rules.ts';
import type { Session } from '../session.ts';

const listColumns = ['name', 'version', 'origin', 'title', 'stages', 'adopted'] as const;
const diffColumns = ['place', 'change', 'from', 'to'] as const;

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.rulesList).action(async () => {
    const rows = await session.withProduct((product) => product.rules());
    const isTable = session.format() === 'table';
    const origins: Readonly<Record<string, string>> = session.text.origin;
    const shown = rows.map((row) => ({
      ...row,
      origin: origins[String(row.origin)] ?? row.origin,
      title: (row.title as Text)[session.locale],
      adopted: row.adopted ? session.text.yes : '',
    }));
    await showRows(session, titled(session.text, listColumns, { version: 'id' }), isTable ? shown : rows);
  });
}

function showCommand(session: Session): Command {
  const says = session.text.commands.rulesShow;
  return commandOf(session, 'show', says)
    .argument('<key>', says.key)
    .action(async (key: string) => {
      const set = await session.withProduct((product) => product.ruleSet(key));
      await show(session, {
        json: set,
        csv: { columns: Object.keys(set), rows: [{ ...set }] },
        table: () => rulesText(set, session),
      });
    });
}

function diffCommand(session: Session): Command {
  const says = session.text.commands.rulesDiff;
  return commandOf(session, 'diff', says)
    .argument('<left>', says.left)
    .argument('<right>', says.right)
    .action(async (left: string, right: string) => {
      const [one, other] = await session.withProduct((product) =>
        Promise.all([product.ruleSet(left), product.ruleSet(right)]),
      );
      const rows = diffRules(one, other, session.text, session.locale);
      await show(session, {
        json: rows,
        csv: { columns: diffColumns, rows: rows.map((row) => ({ ...row })) },
        table: () => diffText(one, other, rows, session),
      });
    });
}

function adoptCommand(session: Session): Command {
  const says = session.text.commands.rulesAdopt;
  return commandOf(session, 'adopt', says)
    .argument('<key>', says.key)
    .action(async (key: string) => {
      await session.withProduct((product) => product.adoptRules(key));
      await show(session, {
        json: { adopted: key },
        csv: { columns: ['adopted'], rows: [{ adopted: key }] },
        table: () => `${session.text.rules.adopted(key)}\n`,
      });
    });
}

/** `rules list`, `rules show KEY`, `rules diff LEFT RIGHT`, `rules adopt KEY`. */
export function rulesCommand(session: Session): Command {
  return commandOf(session, 'rules', session.text.commands.rules)
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(diffCommand(session))
    .addCommand(adoptCommand(session));
}
