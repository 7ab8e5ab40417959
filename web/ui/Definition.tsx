import { lazy, Suspense } from 'react';
import { pageIn } from '../format/words.ts';
import { useLocale } from '../text/useText.ts';
import { Waiting } from './Waiting.tsx';

const Markdown = lazy(() => import('./Markdown.tsx').then((m) => ({ default: m.Markdown })));

/** Order in which a reader wants to know it: what it means, where it ends, then the rest. */
const order = ['Definition', 'Limits', 'Origin', 'Columns', 'Parameters', 'Reads', 'Worked example'];

/** The page of an analysis in the language in use. */
export function Definition({ doc }: { readonly doc: string }) {
  const locale = useLocale();
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sections = pageIn(locale, doc).toSorted((a, b) => place(a.id) - place(b.id));
  return (
    <div className="qc-doc">
      <Suspense fallback={<Waiting />}>
        {sections.map(({ id, title, text }) => (
          <section key={id}>
            <h2>{title}</h2>
            <Markdown text={text} />
          </section>
        ))}
      </Suspense>
    </div>
  );
}
