import type { Command } from 'commander';
import { findDoor } from '../../app/door.ts';
import { homeDir } from '../../app/home.ts';
import { ConflictError } from '../../base/errors.ts';
import type { Watch } from '../../base/progress.ts';
import { show } from '../answer.ts';
import { commandOf } from '../command.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

interface Options {
  readonly to?: string;
  readonly cluster?: string;
  readonly registry?: string;
  readonly drop?: boolean;
}

/** `move --to URL`: a home's stores to servers and back, compared table by table before the home works on the new ones. */
export function moveCommand(session: Session): Command {
  const says = session.text.commands.move;
  return commandOf(session, 'move', says)
    .option('--to <url>', says.to)
    .option('--cluster <name>', says.cluster)
    .option('--registry <url>', says.registry)
    .option('--drop', says.drop)
    .action((options: Options) => (options.drop ? dropped(session) : moved(session, options)));
}

/** The home itself: a server that worked on it would go on with the old stores. */
function homeAt({ io, home }: Session) {
  const dir = homeDir(home(), io.env);
  if (findDoor(dir))
    throw new ConflictError('move_serving', `A server works on the home ${dir}: stop it, move, then start it again.`);
  return { dir, env: io.env, now: io.now };
}

async function moved(session: Session, { to, cluster, registry }: Options): Promise<void> {
  const { move } = await import('../../app/moving/move.ts');
  const goal = {
    ...(to === undefined ? {} : { warehouse: to }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(registry === undefined ? {} : { registry }),
  };
  const made = await session.watched((watch: Watch) => move(goal, homeAt(session), watch));
  const { moving } = session.text;
  await show(session, {
    json: made,
    csv: { columns: ['moved', 'tables', 'already', 'rows'], rows: [{ ...made }] },
    table: () => `${made.moved ? moving.moved(count(made.tables), count(made.rows)) : moving.there}\n`,
  });
}

async function dropped(session: Session): Promise<void> {
  const { dropOld } = await import('../../app/moving/old.ts');
  const made = await dropOld(homeAt(session));
  await show(session, {
    json: made,
    csv: { columns: ['dropped'], rows: [{ ...made }] },
    table: () => `${session.text.moving.dropped}\n`,
  });
}
