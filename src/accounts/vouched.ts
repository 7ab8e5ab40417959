import { UnavailableError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';
import { writeAudit } from './audit.ts';
import { OidcRefusedError, type Vouched } from './oidc.ts';
import { endSessionsOf, type Known } from './sessions.ts';
import { type Account, insertAccount, isOnlyAdministrator } from './users.ts';

/** Letters and signs that a name may have here. */
const foreign = /[^\p{L}\p{N}._@-]+/gu;
const mostLetters = 60;

function nameOf({ names }: Vouched): string {
  const named = names.map((name) => name.normalize('NFKC').replace(foreign, '.').slice(0, mostLetters));
  return named.find((name) => /[\p{L}\p{N}]/u.test(name)) ?? 'user';
}

/**
 * The account of someone the provider vouches for, made at their first log-in. Note: it is found by issuer and subject
 * alone; who only bears the name of a user here is another person and gets another name.
 */
export async function accountVouched(registry: Registry, who: Vouched, now: Date): Promise<Known> {
  return registry.transaction(async (inner) => {
    const [known] = await inner.rows<Pick<Account, 'name' | 'role' | 'password' | 'disabled'>>(
      'select name, role, password, disabled from account where subject = $1 for update',
      [who.subject],
    );
    if (!known) return makeVouched(inner, who, now);
    if (known.disabled) throw new OidcRefusedError('oidc_disabled', 'Your account is disabled. Ask an administrator.');
    if (who.isRoleClaimed && who.role !== known.role && !(await isOnlyAdministrator(inner, known.name))) {
      await inner.rows('update account set role = $2 where name = $1', [known.name, who.role]);
      await endSessionsOf(inner, known.name);
      await writeAudit(inner, 'system', 'user.change', { name: known.name, role: who.role, by: 'oidc' });
    }
    return { name: known.name, password: known.password };
  });
}

const mostNamesakes = 100;

async function makeVouched(registry: Registry, who: Vouched, now: Date): Promise<Known> {
  const wanted = nameOf(who);
  for (let number = 1; number <= mostNamesakes; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const account = { name, role: who.role, password: null, subject: who.subject, must_change: false };
    if (await insertAccount(registry, account, now)) {
      await writeAudit(registry, 'system', 'user.add', { name, role: who.role, by: 'oidc' });
      return account;
    }
  }
  throw new UnavailableError('oidc_name', `Too many users are called ${wanted}. Ask an administrator to rename some.`);
}
