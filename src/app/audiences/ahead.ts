import type { Context } from '../../intake/context.ts';
import { openBook } from './book.ts';
import { dayOf, upToDate } from './members.ts';
import { allAudiences } from './stored.ts';

/**
 * Brings the members of saved audiences up to the last change of facts, one audience after another, so that nobody waits
 * for them; those in whose rule consumers are set against others are looked at whole, and wait until they are asked for.
 * What goes wrong with one keeps none of the others back, and is told to whoever asks for it.
 */
export async function refreshAhead(context: Context, isOvertaken: () => boolean): Promise<void> {
  for (const audience of await allAudiences(context.registry)) {
    if (isOvertaken()) return;
    const refresh = async () => {
      const on = await dayOf(context, audience);
      const book = await openBook(context, on);
      if (!book.ground(audience).isRelative) await upToDate(context, audience, { on });
    };
    await context.gate.shared(refresh).catch(() => {});
  }
}
