import { dataStateQuery } from '../data/answers.ts';
import { queries } from '../data/queries.ts';
import { sessionQuery } from '../data/session.ts';
import { loadWords } from '../text/useText.ts';
import { pageAt } from './pageAt.ts';
import { chosenLocale } from './prefs.ts';

/** Asks at once for all that the first page will need, so that nothing waits for another in a row. */
export function preload(): void {
  const entry = pageAt(window.location.pathname);
  void queries.prefetchQuery(sessionQuery);
  void queries.prefetchQuery(dataStateQuery);
  void loadWords(chosenLocale() ?? 'zh');
  void entry?.load();
}
