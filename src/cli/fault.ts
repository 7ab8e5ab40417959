import { CommanderError } from 'commander';
import { QianchengError } from '../base/errors.ts';
import type { Session } from './session.ts';

const usageExit = 2;
const bugExit = 1;

/** Commander's fault in the session's language; its own text only names the things in quotes. */
function usageText({ code, message }: CommanderError, session: Session): string {
  const { usage } = session.text;
  const [quoted = message, given = ''] = [...message.matchAll(/'([^']*)'/g)].map(([, inner = '']) => inner);
  const option = quoted.split(/[ ,]+/).find((word) => word.startsWith('--')) ?? quoted;
  const [, allowed] = /Allowed choices are (.*)\.$/.exec(message) ?? [];
  const told: Readonly<Record<string, () => string>> = {
    'commander.unknownOption': () => usage.unknownOption(quoted),
    'commander.unknownCommand': () => usage.unknownCommand(quoted),
    'commander.missingArgument': () => usage.missingArgument(quoted),
    'commander.optionMissingArgument': () => usage.missingValue(option),
    'commander.missingMandatoryOptionValue': () => usage.missingOption(option),
    'commander.excessArguments': () => usage.excess,
    'commander.invalidArgument': () => (allowed ? usage.notAllowed(option, given, allowed) : message),
  };
  const [, suggestion] = /Did you mean (?:one of )?(.*?)\?/.exec(message) ?? [];
  return [told[code]?.() ?? message, ...(suggestion ? [usage.didYouMean(suggestion)] : []), usage.seeHelp].join(' ');
}

function usageFault(error: CommanderError, session: Session): number {
  if (error.exitCode === 0) return 0;
  // Note: where a command is missing, its help was printed in place of a message.
  if (error.code !== 'commander.help') session.io.stderr.write(`${usageText(error, session)} [usage]\n`);
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
