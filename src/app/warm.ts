import { addDays } from '../base/day.ts';
import type { Answers } from './answers.ts';

/** Days of the period that the overview looks at first. */
const USUAL_DAYS = 30;

/** Asks what the console's first page will ask, so that whoever opens it in the morning does not wait for it. */
export async function warm(answers: Pick<Answers, 'dataState' | 'answer'>): Promise<void> {
  const { lastDay } = await answers.dataState();
  if (lastDay === null) return;
  for (const to of [lastDay, addDays(lastDay, -USUAL_DAYS)])
    await answers.answer('fast', { from: addDays(to, 1 - USUAL_DAYS), to });
}
