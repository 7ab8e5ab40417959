import { readConfig } from '../app/config.ts';
import { homeDir } from '../app/home.ts';
import { QianchengError } from '../base/errors.ts';
import { type Locale, locales } from '../base/text.ts';

function optionValue(argv: readonly string[], option: string): string | undefined {
  const at = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  if (at < 0) return undefined;
  const word = argv[at] ?? '';
  return word === option ? argv[at + 1] : word.slice(option.length + 1);
}

/** The language of a call, known before its options are parsed, for help speaks it too: --lang, else the home's, else Chinese. */
export function localeOf(argv: readonly string[], env: NodeJS.ProcessEnv): Locale {
  const asked = optionValue(argv, '--lang');
  const known = locales.find((locale) => locale === asked);
  if (known) return known;
  try {
    return readConfig(homeDir(optionValue(argv, '--home'), env), env).locale;
  } catch (error) {
    // Note: a configuration with faults is told when the home is opened; help must come without it.
    if (error instanceof QianchengError) return 'zh';
    throw error;
  }
}
