import type { Text } from '../../base/text.ts';
import { behaviorWords } from '../../model/behaviorWords.ts';

/** What the reasons of moves are called: behaviours, and windows that have passed since one. */
export const reasonWords: Readonly<Record<string, Text>> = {
  ...behaviorWords,
  ...Object.fromEntries(
    Object.entries(behaviorWords).map(([behavior, { zh, en }]) => [
      `window_passed:${behavior}`,
      { zh: `${zh}已过窗口期`, en: `Window passed: ${en}` },
    ]),
  ),
};
