import type { Registry } from '../registry/registry.ts';
import { writeAudit } from './audit.ts';
import { hashOf, newPassword } from './passwords.ts';
import { insertAccount } from './users.ts';

const firstName = 'admin';

/**
 * The password of the administrator `admin`, where this call made it: the first start of an installation that nobody can
 * log in to yet. It is told once and must be changed at the first log-in.
 */
export async function ensureAdministrator(registry: Registry, now: Date): Promise<string | undefined> {
  const [known] = await registry.rows('select name from account limit 1');
  if (known) return undefined;
  const password = newPassword();
  const account = {
    name: firstName,
    role: 'admin',
    password: await hashOf(password),
    subject: null,
    must_change: true,
  } as const;
  return registry.transaction(async (inner) => {
    const made = await insertAccount(inner, account, now);
    if (!made) return undefined;
    await writeAudit(inner, 'system', 'user.add', { name: firstName, role: account.role });
    return password;
  });
}
