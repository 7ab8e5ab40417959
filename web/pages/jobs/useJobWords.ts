import type { Job } from '../../../src/api/jobs.ts';
import { useText } from '../../text/useText.ts';

/** What a job is called, what it is doing, and spans of time, in words. */
export interface JobWords {
  title(job: Job): string;
  step(step: string): string;
  /** Seconds as `1 min 5 s`. */
  span(seconds: number): string;
}

export function useJobWords(): JobWords {
  const t = useText().jobs;
  return {
    title: ({ kind, title }) => (title === '' || kind === 'demo' ? t.kinds[kind] : `${t.kinds[kind]} ${title}`),
    step: (step) => t.steps[step] ?? step,
    span: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return t.seconds(whole);
      if (whole < 3600) return t.minutes(Math.floor(whole / 60), whole % 60);
      return t.hours(Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
    },
  };
}
