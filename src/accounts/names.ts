import { InputError } from '../base/errors.ts';

const written = /^[\p{L}\p{N}._@-]{1,64}$/u;

/** The name of a user or a key in the one form it is kept in. */
export function nameIn(given: string): string {
  const name = given.normalize('NFKC');
  if (written.test(name)) return name;
  throw new InputError(
    'name',
    `${JSON.stringify(given.slice(0, 80))} is not a name. Use letters, digits and . _ @ - only, at most 64 of them.`,
  );
}
