import { type Command, Option } from 'commander';
import { findDoor } from '../../app/door.ts';
import { homeDir } from '../../app/home.ts';
import { InputError } from '../../base/errors.ts';
import { commandOf } from '../command.ts';
import type { Session } from '../session.ts';

const defaultPort = 7300;
const mostPort = 65_535;

interface Options {
  readonly port: number;
  readonly host: string;
}

function portOf(session: Session): (given: string) => number {
  return (given) => {
    const port = Number(given);
    if (/^\d{1,5}$/.test(given) && port <= mostPort) return port;
    throw new InputError('option', session.text.serve.port(given));
  };
}

/** `serve`: the console, the API and MCP on one address, until it is interrupted. */
export function serveCommand(session: Session): Command {
  const says = session.text.commands.serve;
  return commandOf(session, 'serve', says)
    .addOption(new Option('--port <n>', says.port).default(defaultPort).argParser(portOf(session)))
    .option('--host <address>', says.host, '127.0.0.1')
    .action(async ({ port, host }: Options) => {
      const { io, text } = session;
      const door = findDoor(homeDir(session.home(), io.env));
      if (door) return void io.stderr.write(`${text.serve.already(door.url)}\n`);
      const running = await io.startServer({
        home: session.home(),
        env: io.env,
        now: io.now,
        log: (line, format) => io.stderr.write(format === 'json' ? `${line}\n` : `${io.now().toISOString()} ${line}\n`),
        port,
        host,
        warms: true,
      });
      session.onClose(() => running.close());
      // Note: a log for programs is kept for long and read by many, so nothing else stands in it, a password least of all.
      const isForPrograms = running.logFormat === 'json';
      const said = isForPrograms ? io.stdout : io.stderr;
      session.endsByInterruption = () => (isForPrograms ? '' : `\n${text.serve.stopping(running.stopSeconds)}\n`);
      if (running.firstPassword !== undefined) said.write(`${text.serve.first(running.firstPassword)}\n`);
      said.write(`${text.serve.listens(running.url)}\n`);
      await new Promise((resolve) => io.signal.addEventListener('abort', resolve, { once: true }));
    });
}
