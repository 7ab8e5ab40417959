import { addDays, isDay, type Period } from '../../format/day.ts';

/** The same calendar days a year earlier; a leap day falls on the last of February. */
export function yearBefore({ from, to }: Period): Period {
  const back = (day: string) => {
    const earlier = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
    const known: boolean = isDay(earlier);
    return known ? earlier : addDays(`${earlier.slice(0, 4)}-03-01`, -1);
  };
  return { from: back(from), to: back(to) };
}
