import type { Command } from 'commander';
import { listed, show, titled } from '../answer.ts';
import { commandOf } from '../command.ts';
import type { Session } from '../session.ts';

const failed = 1;

/** `doctor`: every check of the installation with its finding. */
export function doctorCommand(session: Session): Command {
  return commandOf(session, 'doctor', session.text.commands.doctor).action(async () => {
    const { checks } = await session.withProduct((product) => product.doctor());
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
