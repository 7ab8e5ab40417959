import { writeAudit } from '../accounts/audit.ts';
import type { Context } from '../intake/context.ts';
import { type Suppression, suppress, unsuppress } from '../intake/suppression.ts';
import { identOf } from './linkNames.ts';

/** Refuses the rows of an identifier, given as `type:value`, from now on. The audit names the suppression, not whom. */
export async function addSuppression(context: Context, named: string, by: string): Promise<Suppression> {
  const made = await suppress(context, await identOf(context, named), by);
  await writeAudit(context.registry, by, 'suppress.add', { suppression: made.id });
  return made;
}

export async function removeSuppression(context: Context, id: number, by: string): Promise<void> {
  await unsuppress(context, id);
  await writeAudit(context.registry, by, 'suppress.remove', { suppression: id });
}
