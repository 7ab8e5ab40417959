import type { Command } from 'commander';
import type { Lookalike } from '../../api/lookalikes.ts';
import { listed, show, showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { Row } from '../product.ts';
import { count, percent, plain } from '../render/numbers.ts';
import type { Session } from '../session.ts';

const sizeColumns = ['consumers', 'caught', 'density', 'alike'] as const;
const listColumns = ['id', 'seed', 'on', 'auc', 'signal', 'made_by', 'made_at'] as const;

const sizesOf = ({ report }: Lookalike): Row[] =>
  report.curve.map(({ consumers, caught, density, alike }) => ({ consumers, caught, density, alike }));

function cardOf(lookalike: Lookalike, session: Session): string {
  const { paint, locale, text } = session;
  const says = text.grow;
  const { id, seed, on, features_on, seeds, cold, others, report } = lookalike;
  const { auc, low, high } = report.auc;
  const features = report.features.map((each) => `${each.weight < 0 ? '−' : '+'} ${each[locale]}`);
  return [
    paint.strong(says.heading(id, seed)),
    says.asOf(on, features_on, count(seeds), count(cold), count(others)),
    says.signal(plain(auc), plain(low), plain(high)),
    ...(report.signal ? [] : [paint.strong(says.noise)]),
    ...report.lift.map(({ part, lift }) => says.lift(percent(part), plain(lift))),
    says.labelled(percent(report.labelled)),
    '',
    listed(session, titled(text, sizeColumns, { caught: 'rate', density: 'rate', alike: 'rate' }), sizesOf(lookalike)),
    says.speaks,
    ...features,
    '',
  ].join('\n');
}

async function showLookalike(lookalike: Lookalike, session: Session): Promise<void> {
  await show(session, {
    json: lookalike,
    csv: { columns: sizeColumns, rows: sizesOf(lookalike) },
    table: () => cardOf(lookalike, session),
  });
}

function trainCommand(session: Session): Command {
  const says = session.text.commands.lookalikeTrain;
  return commandOf(session, 'train', says)
    .argument('<seed>', says.seed)
    .option('--on <date>', says.on)
    .option('--ahead <days>', says.ahead, wholeNumber(session, 'ahead'))
    .option('--exclude <names>', says.exclude)
    .action(async (seed: string, { on, ahead, exclude }: { on?: string; ahead?: number; exclude?: string }) => {
      const given = {
        seed,
        ...(on === undefined ? {} : { on }),
        ...(ahead === undefined ? {} : { ahead }),
        ...(exclude === undefined ? {} : { exclude: exclude.split(',').map((name) => name.trim()) }),
      };
      await showLookalike(await session.withProduct((product, watch) => product.trainLookalike(given, watch)), session);
    });
}

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.lookalikeList).action(async () => {
    const all = await session.withProduct((product) => product.lookalikes());
    const rows = all.map(
      ({ id, seed, on, report, created_by: made_by, created_at: made_at }): Row => ({
        ...{ id, seed, on, auc: report.auc.auc, signal: report.signal, made_by, made_at },
      }),
    );
    await showRows(session, titled(session.text, listColumns, { id: 'id' }), rows);
  });
}

function showCommand(session: Session): Command {
  const says = session.text.commands.lookalikeShow;
  return commandOf(session, 'show', says)
    .argument('<id>', says.id, wholeNumber(session, 'id'))
    .action(async (id: number) => {
      await showLookalike(await session.withProduct((product) => product.lookalike(id)), session);
    });
}

function removeCommand(session: Session): Command {
  const says = session.text.commands.lookalikeRemove;
  return commandOf(session, 'remove', says)
    .argument('<id>', says.id, wholeNumber(session, 'id'))
    .action(async (id: number) => {
      await session.withProduct((product) => product.removeLookalike(id));
      await show(session, {
        json: { id },
        csv: { columns: ['id'], rows: [{ id }] },
        table: () => `${session.text.grow.removed(String(id))}\n`,
      });
    });
}

/** `lookalike train|list|show|remove`: more consumers like those of an audience. */
export function lookalikeCommand(session: Session): Command {
  return commandOf(session, 'lookalike', session.text.commands.lookalike)
    .addCommand(trainCommand(session))
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(removeCommand(session));
}
