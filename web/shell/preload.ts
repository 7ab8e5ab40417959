import { answerQuery, dataStateQuery } from '../data/answers.ts';
import { queries } from '../data/queries.ts';
import { sessionQuery } from '../data/session.ts';
import { before, endingOn } from '../format/day.ts';
import { loadWords } from '../text/useText.ts';
import { USUAL_DAYS } from '../url/usePeriod.ts';
import { pageAt } from './pageAt.ts';
import { chosenLocale } from './prefs.ts';

/** Asks at once for all that the first page will need, so that nothing waits for another in a row. */
export function preload(): void {
  const entry = pageAt(window.location.pathname);
  void queries.prefetchQuery(sessionQuery);
  void queries.prefetchQuery(dataStateQuery);
  void loadWords(chosenLocale() ?? 'zh');
  void entry?.load();
  // Note: what goes wrong here goes wrong again for the page that waits for it, and is shown there.
  if (entry?.id === 'home' && window.location.search === '') askFast().catch(() => {});
}

/** FAST of the usual period, asked while the page's own code is still on its way. */
async function askFast(): Promise<void> {
  const [{ lastDay, version }] = await Promise.all([
    queries.ensureQueryData(dataStateQuery),
    queries.ensureQueryData(sessionQuery), // its token goes with every question
  ]);
  if (lastDay === null) return;
  const period = endingOn(lastDay, USUAL_DAYS);
  for (const each of [period, before(period)]) void queries.prefetchQuery(answerQuery('fast', { ...each }, version));
}
