import { Button, Card, Empty, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useBehavior } from '../../ui/useBehavior.ts';
import { useUrlState } from '../../url/urlState.ts';
import { behindOf, byDay, chosenOf, type Moment, wordOf } from './timeline.ts';

/** Moments shown at first, and with each further look. */
const STEP = 60;

/** What a consumer did, day by day, newest first; of one kind or behaviour where one is chosen. */
export function Timeline({ moments }: { readonly moments: readonly Moment[] }) {
  const t = useText();
  const c = t.consumers;
  const [state, set] = useUrlState({ entity: '', what: '' });
  const [most, setMost] = useState(STEP);
  const ofKind = chosenOf(moments, state.entity, '');
  const chosen = chosenOf(moments, state.entity, state.what);
  const kinds = [...new Set(moments.map(({ entity }) => entity))];
  const words = [...new Set(ofKind.map(({ what }) => wordOf(what)))];
  const told = useWords();
  const behind = useBehind();
  return (
    <Card size="small" title={c.timeline}>
      <div className="qc-find-row" style={{ marginBlockEnd: 8 }}>
        <Segmented
          value={state.entity}
          onChange={(entity) => set({ entity, what: '' })}
          options={[
            { value: '', label: c.all },
            ...kinds.map((value) => ({ value, label: c.entities[value] ?? value })),
          ]}
        />
        <Select
          aria-label={c.what}
          value={state.what}
          onChange={(what) => set({ what })}
          popupMatchSelectWidth={false}
          style={{ minWidth: 140 }}
          options={[{ value: '', label: c.anything }, ...words.map((value) => ({ value, label: told(value) }))]}
        />
      </div>
      <p className="qc-sentence qc-muted">{c.timelineLead(chosen.length)}</p>
      {chosen.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={c.timelineNone} /> : null}
      {byDay(chosen.slice(0, most)).map(({ day, moments: list }) => (
        <section key={day}>
          <h3 className="qc-day">{day}</h3>
          <ul className="qc-moments">
            {list.map((moment, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two moments may be alike in all but their place
              <li key={`${moment.at} ${place}`}>
                <span className="qc-muted">{moment.at.slice(11, 19)}</span>
                <span>{told(moment.what, moment.entity)}</span>
                <span className="qc-muted">{behind(moment)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {chosen.length > most ? (
        <Button onClick={() => setMost(most + STEP)} style={{ marginBlockStart: 8 }}>
          {c.showMore(Math.min(STEP, chosen.length - most))}
        </Button>
      ) : null}
    </Card>
  );
}

/** What stands behind a moment in words, amounts as money. */
function useBehind(): (moment: Moment) => string {
  const t = useText().consumers;
  const format = useFormat();
  return (moment) => {
    const { platform, text, amount, refund } = behindOf(moment);
    return [
      platform && (t.platforms[platform] ?? platform),
      text,
      amount !== undefined && format.exact(amount, 'money'),
      refund !== undefined && `${t.refund} ${format.exact(refund, 'money')}`,
    ]
      .filter(Boolean)
      .join(' ');
  };
}

function useWords(): (what: string, entity?: string) => string {
  const t = useText();
  const behavior = useBehavior();
  return (what, entity) => {
    const [word = '', rating] = what.split(' ');
    if (word === 'review') return t.consumers.review(rating ?? '0');
    const state = t.consumers.moment[word];
    if (entity !== undefined && entity !== 'events' && state) return state;
    return behavior(word) ?? state ?? what;
  };
}
