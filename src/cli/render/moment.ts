/** A moment of ISO 8601 as the clock of the business zone shows it, to the second; any other text as it is. */
export function momentIn(zone: string, moment: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(moment)) return moment;
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return shown.format(new Date(moment));
}
