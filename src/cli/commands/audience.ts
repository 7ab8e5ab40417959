import type { Command } from 'commander';
import type { AudienceCount, AudienceKind } from '../../api/audiences.ts';
import { ruleGiven } from '../../app/audiences/ruleText.ts';
import { InputError } from '../../base/errors.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';
import { columns, rowOf, showAudience } from './audienceCard.ts';
import { changeCommand, decayCommand, explainCommand, historyCommand } from './audienceLife.ts';
import { listsCommand, unlistCommand, uploadCommand } from './audienceLists.ts';

function createCommand(session: Session): Command {
  const says = session.text.commands.audienceCreate;
  return commandOf(session, 'create', says)
    .argument('<name>', says.name)
    .requiredOption('--rule <file|json>', says.rule)
    .option('--on <date>', says.on)
    .option('--static', says.static)
    .action(async (name: string, options: { rule: string; on?: string; static?: boolean }) => {
      const kind: AudienceKind = options.static ? 'static' : 'dynamic';
      const given = { name, rule: ruleGiven(options.rule), kind, ...onOf(options) };
      await showAudience(await session.withProduct((product) => product.createAudience(given)), session);
    });
}

const onOf = ({ on }: { on?: string }) => (on === undefined ? {} : { on });

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.audienceList).action(async () => {
    const rows = (await session.withProduct((product) => product.audiences())).map(rowOf);
    await showRows(session, titled(session.text, columns), rows);
  });
}

function showCommand(session: Session): Command {
  const says = session.text.commands.audienceShow;
  return commandOf(session, 'show', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await showAudience(await session.withProduct((product) => product.audience(name)), session);
    });
}

async function showCount(counted: AudienceCount, session: Session): Promise<void> {
  await show(session, {
    json: counted,
    csv: { columns: ['consumers', 'on'], rows: [{ ...counted }] },
    table: () => `${session.text.audience.counted(count(counted.consumers), counted.on)}\n`,
  });
}

function countCommand(session: Session): Command {
  const says = session.text.commands.audienceCount;
  return commandOf(session, 'count', says)
    .argument('[name]', says.name)
    .option('--rule <file|json>', says.rule)
    .option('--on <date>', says.on)
    .action(async (name: string | undefined, options: { rule?: string; on?: string }) => {
      const { rule } = options;
      if ((name === undefined) === (rule === undefined)) throw new InputError('option', session.text.audience.either);
      const asked = rule === undefined ? { name: name ?? '' } : { rule: ruleGiven(rule) };
      const counted = await session.withProduct((product) => product.countAudience({ ...asked, ...onOf(options) }));
      await showCount(counted, session);
    });
}

function exportCommand(session: Session): Command {
  const says = session.text.commands.audienceExport;
  return commandOf(session, 'export', says)
    .argument('<name>', says.name)
    .option('--on <date>', says.on)
    .action(async (name: string, options: { on?: string }) => {
      const members = await session.withProduct((product) => product.audienceMembers(name, options.on));
      const rows = members.map((each): Row => ({ ...each }));
      await showRows(session, titled(session.text, ['consumer', 'type', 'value']), rows);
    });
}

function removeCommand(session: Session): Command {
  const says = session.text.commands.audienceRemove;
  return commandOf(session, 'remove', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await session.withProduct((product) => product.removeAudience(name));
      await show(session, {
        json: { name },
        csv: { columns: ['name'], rows: [{ name }] },
        table: () => `${session.text.audience.removed(name)}\n`,
      });
    });
}

/** `audience create|list|show|count|explain|history|decay|change|export|remove|upload|lists|unlist`: rules, and the consumers they take. */
export function audienceCommand(session: Session): Command {
  return commandOf(session, 'audience', session.text.commands.audience)
    .addCommand(createCommand(session))
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(countCommand(session))
    .addCommand(explainCommand(session))
    .addCommand(historyCommand(session))
    .addCommand(decayCommand(session))
    .addCommand(changeCommand(session))
    .addCommand(exportCommand(session))
    .addCommand(removeCommand(session))
    .addCommand(uploadCommand(session))
    .addCommand(listsCommand(session))
    .addCommand(unlistCommand(session));
}
