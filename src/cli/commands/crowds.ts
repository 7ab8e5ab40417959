import type { Command } from 'commander';
import { z } from 'zod';
import { type CrowdTaxonomy, cityTierTable } from '../../api/crowds.ts';
import { taxonomyGiven } from '../../app/crowds/file.ts';
import { InputError } from '../../base/errors.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';

const listColumns = ['name', 'version', 'origin', 'title', 'crowds'] as const;
const ruleColumns = ['id', 'title', 'rule'] as const;

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.crowdsList).action(async () => {
    const taxonomies = await session.withProduct((product) => product.crowds());
    const origins: Readonly<Record<string, string>> = session.text.origin;
    const rows = taxonomies.map(
      ({ name, version, origin, title, crowds }): Row => ({
        name,
        version,
        origin: session.format() === 'table' ? (origins[origin] ?? origin) : origin,
        title: title[session.locale],
        crowds: crowds.map((each) => each.title[session.locale]).join(' '),
      }),
    );
    await showRows(session, titled(session.text, listColumns, { version: 'id' }), rows);
  });
}

async function showTaxonomy(taxonomy: CrowdTaxonomy, session: Session): Promise<void> {
  const { locale, paint, text } = session;
  const rows = taxonomy.crowds.map(({ id, title, sentence }) => ({ id, title: title[locale], rule: sentence[locale] }));
  const lines = rows.map(({ id, title, rule }, at) => `${at + 1}. ${title} ${id}\n   ${rule}`);
  const { name, version, origin, title } = taxonomy;
  await show(session, {
    json: taxonomy,
    csv: { columns: ruleColumns, rows },
    table: () =>
      [
        `${paint.strong(title[locale])}  ${name}@${version} · ${text.origin[origin]}`,
        '',
        ...lines,
        '',
        text.crowds.rest,
        '',
      ].join('\n'),
  });
}

function showCommand(session: Session): Command {
  const says = session.text.commands.crowdsShow;
  return commandOf(session, 'show', says)
    .argument('<key>', says.key)
    .action(async (key: string) => {
      await showTaxonomy(await session.withProduct((product) => product.crowdTaxonomy(key)), session);
    });
}

function putCommand(session: Session): Command {
  const says = session.text.commands.crowdsPut;
  return commandOf(session, 'put', says)
    .argument('<file>', says.file)
    .action(async (file: string) => {
      const given = taxonomyGiven(file);
      await showTaxonomy(await session.withProduct((product) => product.putCrowds(given)), session);
    });
}

function tiersCommand(session: Session): Command {
  const says = session.text.commands.crowdsTiers;
  return commandOf(session, 'tiers', says)
    .argument('[file]', says.file)
    .action(async (file: string | undefined) => {
      const given = file === undefined ? undefined : tiersIn(file, session);
      const tiers = await session.withProduct((product) => (given ? product.putCityTiers(given) : product.cityTiers()));
      const rows = Object.entries(tiers).map(([place, tier]) => ({ place, tier }));
      await showRows(session, titled(session.text, ['place', 'tier'], { tier: 'id' }), rows);
    });
}

function tiersIn(file: string, session: Session): Record<string, number> {
  const read = cityTierTable.safeParse(taxonomyGiven(file));
  if (!read.success) throw new InputError('crowds', session.text.crowds.tiers(z.prettifyError(read.error)));
  return read.data;
}

/** `crowds list|show|put|tiers`: taxonomies of crowds, and the tiers of cities. */
export function crowdsCommand(session: Session): Command {
  return commandOf(session, 'crowds', session.text.commands.crowds)
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(putCommand(session))
    .addCommand(tiersCommand(session));
}
