import type { Command } from 'commander';
import { homeDir } from '../../app/home.ts';
import { listed, show, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Check } from '../product.ts';
import type { Session } from '../session.ts';

const failed = 1;

/** `doctor`: every check of the installation with its finding. */
export function doctorCommand(session: Session): Command {
  return commandOf(session, 'doctor', session.text.commands.doctor).action(async () => {
    const checks = await checksOf(session);
    const { paint } = session;
    const rows = checks.map(({ name, ok, detail }) => ({ name, ok, detail }));
    const shown = checks.map(({ name, ok, detail }) => ({
      ok: ok ? paint.gain('✓') : paint.loss('✗'),
      check: name,
      detail,
    }));
    if (checks.some(({ ok }) => !ok)) session.exitCode = failed;
    await show(session, {
      json: { checks: rows },
      csv: { columns: ['name', 'ok', 'detail'], rows },
      table: () => listed(session, titled(session.text, ['ok', 'check', 'detail']), shown),
    });
  });
}

/** What the home's doctor finds, or, where the home does not open, what is found from outside. */
async function checksOf(session: Session): Promise<readonly Check[]> {
  const { io } = session;
  const opened = await session.product().then(
    (product) => ({ product }),
    (reason: unknown) => ({ reason }),
  );
  if ('product' in opened) return (await session.watched(() => opened.product.doctor())).checks;
  const { examineClosed } = await import('../../app/doctorClosed.ts');
  const dir = homeDir(session.home(), io.env);
  return session.watched(() => examineClosed({ dir, env: io.env, now: io.now, reason: opened.reason }));
}
