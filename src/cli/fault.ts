import { CommanderError } from 'commander';
import { QianchengError } from '../base/errors.ts';
import type { Session } from './session.ts';

const usageExit = 2;
const bugExit = 1;

/** Commander's fault in the session's language; its own text only names the thing in quotes. */
function usageText({ code, message }: CommanderError, session: Session): string {
  const { usage } = session.text;
  const [, quoted = message] = /'([^']*)'/.exec(message) ?? [];
  const [, suggestion] = /Did you mean (?:one of )?(.*?)\?/.exec(message) ?? [];
  const tail = suggestion ? `; ${usage.didYouMean(suggestion)}` : '.';
  const option = quoted.split(/[ ,]+/).find((word) => word.startsWith('--')) ?? quoted;
  switch (code) {
    case 'commander.unknownOption':
      return usage.unknownOption(quoted) + tail;
    case 'commander.unknownCommand':
      return usage.unknownCommand(quoted) + tail;
    case 'commander.missingArgument':
      return `${usage.missingArgument(quoted)}.`;
    case 'commander.optionMissingArgument':
      return `${usage.missingValue(option)}.`;
    case 'commander.missingMandatoryOptionValue':
      return `${usage.missingOption(option)}.`;
    case 'commander.excessArguments':
      return `${usage.excess}.`;
    default:
      return `${usage.notAllowed(message.replace(/^error: /, ''))}`;
  }
}

function usageFault(error: CommanderError, session: Session): number {
  if (error.exitCode === 0) return 0;
  if (error.code !== 'commander.help')
    session.io.stderr.write(`${usageText(error, session)} ${session.text.usage.seeHelp('qiancheng')} [usage]\n`);
  return usageExit;
}

/** Tells what went wrong on stderr and gives the exit code: the caller's fault in a line, a bug with its stack. */
export function faultOf(error: unknown, session: Session): number {
  if (error instanceof CommanderError) return usageFault(error, session);
  const { stderr } = session.io;
  if (error instanceof QianchengError) {
    stderr.write(`${error.message} [${error.code}]\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${session.text.bug} [bug]\n${stack}\n`);
  return bugExit;
}
