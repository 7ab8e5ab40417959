import { useCan } from '../data/session.ts';
import { pages } from '../pages.ts';
import { useText } from '../text/useText.ts';

/** The list of shortcuts, of pages that somebody may see. */
export function Keys() {
  const t = useText().shell;
  const can = useCan();
  const general = [
    ['/', t.keySearch],
    ['?', t.keyHelp],
    ['Esc', t.keyClose],
  ] as const;
  return (
    <dl className="qc-keys">
      {general.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
      {pages
        .filter((entry) => entry.letter && can(entry.permission))
        .map((entry) => (
          <div key={entry.id}>
            <dt>
              <kbd>g</kbd> <span className="qc-muted qc-small">{t.keyThen}</span> <kbd>{entry.letter}</kbd>
            </dt>
            <dd>{t.pages[entry.id]}</dd>
          </div>
        ))}
    </dl>
  );
}
