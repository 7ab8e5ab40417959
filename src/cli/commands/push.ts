import type { Command } from 'commander';
import { type NewPush, newPush, type Push, type PushRun } from '../../api/pushes.ts';
import { InputError } from '../../base/errors.ts';
import { issueText } from '../../base/faults/issue.ts';
import { show, showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { Row } from '../product.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

const columns = [
  'name',
  'audience',
  'destination',
  'identifiers',
  'holdout',
  'trigger',
  'enabled',
  'last',
  'treated',
] as const;
const runColumns = [
  'id',
  'state',
  'on',
  'treated',
  'control',
  'add',
  'remove',
  'delivered',
  'refused',
  'made_at',
] as const;
const logColumns = ['run', 'seq', 'consumer', 'operation', 'identifier', 'state', 'reason', 'at'] as const;

const rowOf = (push: Push): Row => ({
  ...{ name: push.name, audience: push.audience, destination: push.destination, holdout: push.holdout },
  ...{ identifiers: push.identifiers.join(' '), trigger: push.trigger, enabled: push.enabled },
  last: push.last?.state ?? '',
  treated: push.last?.counts?.treated ?? null,
});

const runRowOf = ({ id, state, on, counts, delivered, refused, started_at }: PushRun): Row => ({
  ...{ id, state, on, delivered, refused, made_at: started_at },
  ...{ treated: counts?.treated ?? null, control: counts?.control ?? null },
  ...{ add: counts?.add ?? null, remove: counts?.remove ?? null },
});

const list = (given: string): string[] => given.split(',').map((each) => each.trim());

interface CreateOptions {
  readonly audience: string;
  readonly to: string;
  readonly identifiers?: string;
  readonly holdout?: string;
  readonly minimum?: string;
  readonly cap?: string;
  readonly purpose?: string;
  readonly exclude?: string;
  readonly cron?: string;
  readonly afterRefresh?: boolean;
}

/** A push as the options give it, checked by the schema of the API. */
function pushOf(session: Session, name: string, given: CreateOptions): NewPush {
  const { audience, to, identifiers, holdout, minimum, cap, purpose, exclude, cron, afterRefresh } = given;
  const [pushes, days] = (cap ?? '').split('/').map(Number);
  const result = newPush.safeParse({
    ...{ name, audience, destination: to },
    ...(identifiers === undefined ? {} : { identifiers: list(identifiers) }),
    ...(holdout === undefined ? {} : { holdout: Number(holdout) }),
    ...(minimum === undefined ? {} : { minimum: Number(minimum) }),
    ...(cap === undefined ? {} : { cap: { pushes, days } }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(exclude === undefined ? {} : { exclude: list(exclude) }),
    ...(cron === undefined ? {} : { cron, trigger: 'schedule' }),
    ...(afterRefresh ? { trigger: 'refresh' } : {}),
  });
  if (result.success) return result.data;
  const { locale } = session;
  const faults = result.error.issues.map((issue) => `--${issue.path.join('.')}: ${issueText(issue)[locale]}`);
  throw new InputError('option', faults.join('\n'));
}

function createCommand(session: Session): Command {
  const says = session.text.commands.pushCreate;
  return commandOf(session, 'create', says)
    .argument('<name>', says.name)
    .requiredOption('--audience <name>', says.audience)
    .requiredOption('--to <destination>', says.to)
    .option('--identifiers <list>', says.identifiers)
    .option('--holdout <share>', says.holdout)
    .option('--minimum <consumers>', says.minimum)
    .option('--cap <pushes/days>', says.cap)
    .option('--purpose <purpose>', says.purpose)
    .option('--exclude <audiences>', says.exclude)
    .option('--cron <cron>', says.cron)
    .option('--after-refresh', says.afterRefresh)
    .action(async (name: string, options: CreateOptions) => {
      const given = pushOf(session, name, options);
      await showPush(await session.withProduct((product) => product.pushing.create(given)), session);
    });
}

async function showPush(push: Push, session: Session): Promise<void> {
  await show(session, {
    json: push,
    csv: { columns, rows: [rowOf(push)] },
    table: () => `${session.paint.strong(push.name)}\n${JSON.stringify(push, null, 2)}\n`,
  });
}

function runCommand(session: Session): Command {
  const says = session.text.commands.pushRun;
  return commandOf(session, 'run', says)
    .argument('<name>', says.name)
    .option('--on <date>', says.on)
    .option('--preview', says.preview)
    .action(async (name: string, { on, preview }: { on?: string; preview?: boolean }) => {
      if (preview) return previewed(name, on, session);
      const came = await session.withProduct((product, watch) =>
        product.pushing.run(name, on === undefined ? {} : { on }, watch),
      );
      const { treated = 0, control = 0 } = came.counts ?? {};
      return show(session, {
        json: came,
        csv: { columns: runColumns, rows: [runRowOf(came)] },
        table: () =>
          `${session.text.push.ran(name, count(treated), count(control), count(came.delivered), count(came.refused))}\n`,
      });
    });
}

async function previewed(name: string, on: string | undefined, session: Session): Promise<void> {
  const told = await session.withProduct((product) => product.pushing.preview(name, on));
  const row: Row = { on: told.on, enough: told.enough, ...told.counts };
  await show(session, {
    json: told,
    csv: { columns: Object.keys(row), rows: [row] },
    table: () => `${JSON.stringify(told, null, 2)}\n`,
  });
}

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.pushList).action(async () => {
    const rows = (await session.withProduct((product) => product.pushing.list())).map(rowOf);
    await showRows(session, titled(session.text, columns), rows);
  });
}

function showCommand(session: Session): Command {
  const says = session.text.commands.pushShow;
  return commandOf(session, 'show', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await showPush(await session.withProduct((product) => product.pushing.show(name)), session);
    });
}

function logCommand(session: Session): Command {
  const says = session.text.commands.pushLog;
  return commandOf(session, 'log', says)
    .argument('<name>', says.name)
    .option('--run <number>', says.run, wholeNumber(session, '--run'))
    .option('--limit <rows>', says.limit, wholeNumber(session, '--limit'))
    .action(async (name: string, { run, limit = 100 }: { run?: number; limit?: number }) => {
      const query = { limit: Math.max(1, Math.min(limit, 1000)), ...(run === undefined ? {} : { run }) };
      const page = await session.withProduct((product) => product.pushing.log(name, query));
      await showRows(
        session,
        titled(session.text, logColumns),
        page.items.map((each): Row => ({ ...each })),
      );
    });
}

function fileCommand(session: Session): Command {
  const says = session.text.commands.pushFile;
  return commandOf(session, 'file', says)
    .argument('<name>', says.name)
    .option('--all', says.all)
    .action(async (name: string, { all }: { all?: boolean }) => {
      const text = await session.withProduct(async (product) => {
        const { body } = await product.pushing.file(name, { what: all ? 'all' : 'changes', format: 'csv' });
        const pieces: string[] = [];
        for await (const piece of body) pieces.push(String(piece));
        return pieces.join('');
      });
      session.io.stdout.write(text);
    });
}

function removeCommand(session: Session): Command {
  const says = session.text.commands.pushRemove;
  return commandOf(session, 'remove', says)
    .argument('<name>', says.name)
    .action(async (name: string) => {
      await session.withProduct((product) => product.pushing.remove(name));
      await show(session, {
        json: { name },
        csv: { columns: ['name'], rows: [{ name }] },
        table: () => `${session.text.push.removed(name)}\n`,
      });
    });
}

/** `push create|run|list|show|log|file|remove`: audiences that are sent somewhere, with a control to compare with. */
export function pushCommand(session: Session): Command {
  return commandOf(session, 'push', session.text.commands.push)
    .addCommand(createCommand(session))
    .addCommand(runCommand(session))
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(logCommand(session))
    .addCommand(fileCommand(session))
    .addCommand(removeCommand(session));
}
