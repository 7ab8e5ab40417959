import type { Command } from 'commander';
import { ruleGiven } from '../../app/audiences/ruleText.ts';
import { showRows, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Row } from '../product.ts';
import type { Session } from '../session.ts';
import { showAudience } from './audienceCard.ts';

/** `audience explain`: a rule condition by condition. */
export function explainCommand(session: Session): Command {
  const says = session.text.commands.audienceExplain;
  return commandOf(session, 'explain', says)
    .requiredOption('--rule <file|json>', says.rule)
    .option('--on <date>', says.on)
    .action(async ({ rule, on }: { rule: string; on?: string }) => {
      const asked = { rule: ruleGiven(rule), ...(on === undefined ? {} : { on }) };
      const { conditions } = await session.withProduct((product) => product.explainRule(asked));
      const rows = conditions.map(
        ({ place, sentence, consumers, remaining }): Row => ({
          place: place.join('.'),
          condition: sentence[session.locale],
          consumers,
          remaining,
        }),
      );
      await showRows(session, titled(session.text, ['place', 'condition', 'consumers', 'remaining']), rows);
    });
}

/** `audience change`: a new rule or day, as a new version. */
export function changeCommand(session: Session): Command {
  const says = session.text.commands.audienceChange;
  return commandOf(session, 'change', says)
    .argument('<name>', says.name)
    .option('--rule <file|json>', says.rule)
    .option('--on <date>', says.on)
    .option('--rename <name>', says.rename)
    .action(async (which: string, { rule, on, rename }: { rule?: string; on?: string; rename?: string }) => {
      const change = {
        ...(rule === undefined ? {} : { rule: ruleGiven(rule) }),
        ...(on === undefined ? {} : { on }),
        ...(rename === undefined ? {} : { name: rename }),
      };
      const changed = await session.withProduct(async (product) =>
        product.changeAudience((await product.audience(which)).id, change),
      );
      await showAudience(changed, session);
    });
}

/** `audience history`: members day by day. */
export function historyCommand(session: Session): Command {
  const says = session.text.commands.audienceHistory;
  return commandOf(session, 'history', says)
    .argument('<name>', says.name)
    .option('--from <date>', says.from)
    .option('--to <date>', says.to)
    .action(async (which: string, asked: { from?: string; to?: string }) => {
      const days = await session.withProduct(async (product) =>
        product.audienceHistory((await product.audience(which)).id, asked),
      );
      const rows = days.map(({ left: went, ...day }): Row => ({ ...day, went }));
      await showRows(session, titled(session.text, ['on', 'consumers', 'entered', 'went']), rows);
    });
}

/** `audience decay`: a row an age, of the members of that many days before. */
export function decayCommand(session: Session): Command {
  const says = session.text.commands.audienceDecay;
  return commandOf(session, 'decay', says)
    .argument('<name>', says.name)
    .option('--on <date>', says.on)
    .option('--ages <days>', says.ages)
    .action(async (which: string, asked: { on?: string; ages?: string }) => {
      const { ages } = await session.withProduct(async (product) =>
        product.audienceDecay((await product.audience(which)).id, asked),
      );
      const columns = ['age', 'on', 'members', 'stayed', 'stayed_rate', 'low', 'high', 'bought'] as const;
      const rows = ages.map(({ rate, ...each }): Row => ({ ...each, stayed_rate: rate }));
      const kinds = { stayed_rate: 'rate', low: 'rate', high: 'rate' } as const;
      await showRows(session, titled(session.text, columns, kinds), rows);
    });
}
