export const locales = ['zh', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language the product speaks: a missing translation is a type error. */
export type Text = Readonly<Record<Locale, string>>;
