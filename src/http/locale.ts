import type { Locale } from '../base/text.ts';

/** Language of what a caller is told: the first of the header's that the product speaks; Chinese when it names none. */
export function localeOf(request: Request): Locale {
  const wanted = (request.headers.get('accept-language') ?? '').split(',').map((each) => each.trim().slice(0, 2));
  return wanted.find((each): each is Locale => each === 'zh' || each === 'en') ?? 'zh';
}
