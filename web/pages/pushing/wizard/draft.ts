import type { NewPush, Push } from '../../../../src/api/pushes.ts';

/** A push as the form has it, before it is made. */
export interface Draft {
  readonly name: string;
  readonly audience: string;
  readonly destination: string;
  /** `type:form`; none are all that the destination takes. */
  readonly identifiers: readonly string[];
  /** In percent. */
  readonly holdout: number;
  readonly minimum: number;
  readonly isCapped: boolean;
  readonly pushes: number;
  readonly days: number;
  readonly exclude: readonly string[];
  readonly trigger: 'manual' | 'schedule' | 'refresh';
  readonly cron: string;
}

/** What a push begins with. */
export const standard: Draft = {
  ...{ name: '', audience: '', destination: '', identifiers: [], holdout: 10, minimum: 100 },
  ...{ isCapped: false, pushes: 3, days: 30, exclude: [], trigger: 'manual', cron: '0 9 * * *' },
};

/** Form of a type of identifier with its form. */
export const identifierKey = /^[a-z0-9_]+:(md5|sha256|plain)$/;

/** An identifier as it was typed: one of those offered where the text is part of its label, else as it stands. */
export function identifierOf(typed: string, offered: readonly { readonly value: string; readonly label: string }[]) {
  if (identifierKey.test(typed)) return typed;
  const text = typed.trim().toLowerCase();
  return offered.find(({ label }) => label.toLowerCase().includes(text))?.value ?? typed;
}

/** The push that a draft asks for. */
export function pushOf(draft: Draft): NewPush {
  const { name, audience, destination, identifiers, holdout, minimum, isCapped, pushes, days, exclude } = draft;
  const { trigger, cron } = draft;
  return {
    ...{ name: name.trim(), audience, destination, holdout: holdout / 100, minimum, exclude: [...exclude], trigger },
    ...(identifiers.length > 0 ? { identifiers: [...identifiers] } : {}),
    ...(isCapped ? { cap: { pushes, days } } : {}),
    ...(trigger === 'schedule' ? { cron: cron.trim() } : {}),
  };
}

/** The draft that a push was made from. */
export function draftOf({ name, audience, destination, identifiers, holdout, minimum, ...push }: Push): Draft {
  const { cap, exclude, trigger, cron } = push;
  return {
    ...standard,
    ...{ name, audience, destination, identifiers, minimum, exclude, trigger },
    holdout: Math.round(holdout * 1e4) / 100,
    ...(cap ? { isCapped: true, pushes: cap.pushes, days: cap.days } : {}),
    ...(cron === null ? {} : { cron }),
  };
}

/** A draft out of an address: what differs from the standard; parts of another type are left out. */
export function draftFrom(given: object, more: Partial<Draft> = {}): Draft {
  const own = Object.entries(given).filter(
    ([name, value]) =>
      Object.hasOwn(standard, name) &&
      typeof value === typeof Reflect.get(standard, name) &&
      Array.isArray(value) === Array.isArray(Reflect.get(standard, name)),
  );
  return { ...standard, ...more, ...Object.fromEntries(own) };
}

/** The address of the form that begins with what a push is. */
export function wizardWith(push: Push): string {
  return `/pushes?new=1&draft=${encodeURIComponent(JSON.stringify(draftOf(push)))}`;
}
