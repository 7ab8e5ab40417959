import { Command, Help } from 'commander';
import { InputError } from '../base/errors.ts';
import { widthOf } from './render/width.ts';
import type { Session } from './session.ts';

/** What a command says of itself in help. */
export interface CommandText {
  readonly is: string;
  readonly more?: string;
  readonly examples: readonly (readonly string[])[];
}

/** The worked examples under a command's help. */
function examplesText(session: Session, examples: CommandText['examples']): string {
  const lines = examples.map(([line = '', meaning = '']) => `  $ qiancheng ${line}\n      ${meaning}`);
  return `\n${session.text.examples}\n${lines.join('\n')}\n`;
}

/** Help in the session's language, aligned by the places its characters take. */
function configureHelp(command: Command, session: Session): Command {
  const titles: Readonly<Record<string, string>> = session.text.titles;
  const { global } = session.text;
  return command
    .helpOption('-h, --help', global.help)
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => titles[title] ?? title,
      displayWidth: widthOf,
      optionDescription: (option) => {
        const given = new Help().optionDescription(option);
        return given.replace('(default: ', `(${global.default}: `).replace('(choices: ', `(${global.choices}: `);
      },
    });
}

/** Makes help of a command teach: what it is, what it takes, worked examples. */
export function dress(command: Command, session: Session, says: CommandText): Command {
  command.description(says.more ? `${says.is}\n\n${says.more}` : says.is).summary(says.is);
  return configureHelp(command, session)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => session.io.stdout.write(text),
      writeErr: (text) => session.io.stderr.write(text),
      // Note: faults of usage are told by `main`, in the session's language.
      outputError: () => {},
    })
    .addHelpText('after', examplesText(session, says.examples));
}

/** A new command, dressed. */
export function commandOf(session: Session, name: string, says: CommandText): Command {
  return dress(new Command(name), session, says);
}

/** Reads an option that counts or numbers something. */
export function wholeNumber(session: Session, option: string): (given: string) => number {
  return (given) => {
    if (/^\d{1,15}$/.test(given)) return Number(given);
    throw new InputError('option', session.text.params.count(option, JSON.stringify(given)));
  };
}
