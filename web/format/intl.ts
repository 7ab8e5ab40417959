/** One formatter for each way of writing: making one costs a thousand times what its use does. */
const numbers = new Map<string, Intl.NumberFormat>();
const moments = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numbers, tag, options, () => new Intl.NumberFormat(tag, options));
}

export function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(moments, tag, options, () => new Intl.DateTimeFormat(tag, options));
}

function kept<T>(known: Map<string, T>, tag: string, options: object, make: () => T): T {
  const key = `${tag} ${JSON.stringify(options)}`;
  const format = known.get(key) ?? make();
  known.set(key, format);
  return format;
}
