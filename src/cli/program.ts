import { Command, Option } from 'commander';
import { productVersion } from '../app/version.ts';
import { type Locale, locales } from '../base/text.ts';
import { dress } from './command.ts';
import { audienceCommand } from './commands/audience.ts';
import { backupCommand } from './commands/backup.ts';
import { consumerCommand } from './commands/consumer.ts';
import { crowdsCommand } from './commands/crowds.ts';
import { demoCommand } from './commands/demo.ts';
import { destinationCommand } from './commands/destination.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { linkCommand } from './commands/link.ts';
import { listCommand } from './commands/list.ts';
import { lookalikeCommand } from './commands/lookalike.ts';
import { mcpCommand } from './commands/mcp.ts';
import { moveCommand } from './commands/move.ts';
import { pushCommand } from './commands/push.ts';
import { rejectsCommand } from './commands/rejects.ts';
import { restoreCommand } from './commands/restore.ts';
import { rulesCommand } from './commands/rules.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { sourceCommand } from './commands/source.ts';
import { suppressCommand } from './commands/suppress.ts';
import type { Io } from './io.ts';
import { formats, openSession, type Session } from './session.ts';

const commands = [
  demoCommand,
  serveCommand,
  importCommand,
  rejectsCommand,
  listCommand,
  runCommand,
  explainCommand,
  audienceCommand,
  crowdsCommand,
  lookalikeCommand,
  destinationCommand,
  pushCommand,
  consumerCommand,
  linkCommand,
  rulesCommand,
  keyCommand,
  sourceCommand,
  suppressCommand,
  mcpCommand,
  backupCommand,
  restoreCommand,
  moveCommand,
  doctorCommand,
];

/** The whole command line, in one language, over one session. */
export function programOf(io: Io, locale: Locale): { readonly program: Command; readonly session: Session } {
  const program = new Command('qiancheng');
  const session = openSession(program, io, locale);
  const { name, global, commands: says } = session.text;
  const examples = [says.demo, says.import, says.run].flatMap((command) => command.examples.slice(0, 1));
  dress(program, session, { is: name, examples })
    .version(productVersion, '-V, --version', global.version)
    .option('--home <dir>', global.home)
    .addOption(new Option('--format <format>', global.format).choices(formats))
    .addOption(new Option('--lang <lang>', global.lang).choices(locales))
    .option('--quiet', global.quiet);
  for (const command of commands) program.addCommand(command(session));
  return { program, session };
}
