export const everies = ['day', 'week', 'month', 'own'] as const;
export type Every = (typeof everies)[number];

/** When a report is made, as its form asks; `cron` counts where it is one's own. */
export interface When {
  readonly every: Every;
  /** `HH:mm` */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly monthday: number;
  readonly cron: string;
}

export const standardWhen: When = { every: 'week', time: '08:00', weekday: 1, monthday: 1, cron: '0 8 * * 1' };

/** Five fields: minute, hour, day of month, month, weekday. */
export function cronOf({ every, time, weekday, monthday, cron }: When): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (every === 'own') return cron.trim().replace(/\s+/g, ' ');
  const [day, week] = [every === 'month' ? monthday : '*', every === 'week' ? weekday : '*'];
  return `${minute} ${hour} ${day} * ${week}`;
}

/** A cron as the form would ask it; one that the form does not know is one's own. */
export function whenOf(cron: string): When {
  const own: When = { ...standardWhen, every: 'own', cron };
  const parts = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|\d)$/.exec(cron.trim());
  if (!parts) return own;
  const [, minute = '0', hour = '0', day = '*', week = '*'] = parts;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const base = { ...standardWhen, time, cron };
  if (day === '*')
    return week === '*' ? { ...base, every: 'day' } : { ...base, every: 'week', weekday: Number(week) % 7 };
  return week === '*' ? { ...base, every: 'month', monthday: Number(day) } : own;
}

export function isCron(cron: string): boolean {
  return cron.trim().split(/\s+/).length === 5;
}
