import { useText } from '../../text/useText.ts';
import { whenOf } from './cron.ts';

/** A cron in plain words; one that has none stays as it is. */
export function useWhenWords(): (cron: string) => string {
  const t = useText().reports.schedules;
  return (cron) => {
    const { every, time, weekday, monthday } = whenOf(cron);
    if (every === 'day') return t.daily(time);
    if (every === 'week') return t.weekly(t.weekdays[weekday] ?? '', time);
    return every === 'month' ? t.monthly(monthday, time) : cron;
  };
}
