import { Segmented, Select } from 'antd';
import type { AnswerBody } from '../../../../src/api/analyses.ts';
import type { AudienceShown } from '../../../../src/api/audiences.ts';
import { useAnswer } from '../../../data/answers.ts';
import { addDays } from '../../../format/day.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { AnswerCard } from '../../../ui/answer/AnswerCard.tsx';
import { useUrlState } from '../../../url/urlState.ts';
import { useLastDay } from '../../../url/usePeriod.ts';
import { TrendChart } from './TrendChart.tsx';
import { type TgiCell, tagsOf } from './tgi.ts';
import { mostMoved, type TrendCell, type TrendMeasure } from './trend.ts';
import { useTgiWords } from './useTgiWords.ts';

/** Stretches to look back over: days between two, and how many are looked at. Each day is worked out at its first look. */
const stretches = {
  days: { every: 1, count: 14 },
  weeks: { every: 7, count: 8 },
  months: { every: 30, count: 12 },
} as const;
type Stretch = keyof typeof stretches;

const names = Object.keys(stretches) as readonly Stretch[]; // as: the keys of the object above

/** How a feature of an audience has changed: a line a value of one tag. */
export function PortraitTrendCard({ audience }: { readonly audience: AudienceShown }) {
  const t = useText().audiences.shown;
  const words = useTgiWords();
  const [{ base, trend, over, by }, set] = useUrlState({ base: '', trend: 'stage', over: 'weeks', by: 'share' });
  const { data } = useAnswer('portrait', { audience: audience.name, base }, { light: true });
  const tags = tagsOf((data?.rows ?? []) as unknown as readonly TgiCell[]); // as: the columns of the analysis
  const known = tags.includes(trend) ? tags : [trend, ...tags];
  const stretch = names.find((name) => name === over) ?? 'weeks';
  const measure: TrendMeasure = by === 'tgi' ? 'tgi' : 'share';
  const { params, cutAt } = useAsked(audience, stretch);
  return (
    <>
      <div className="qc-rule-field">
        <span className="qc-muted">{t.trend}</span>
        <Select
          aria-label={t.tag}
          value={trend}
          options={known.map((value) => ({ value, label: words.tag(value) }))}
          onChange={(next) => set({ trend: next }, { replace: true })}
          popupMatchSelectWidth={false}
          style={{ minWidth: 120 }}
        />
        <Select
          aria-label={t.trendOver}
          value={stretch}
          options={names.map((value) => ({ value, label: t.stretches[value] }))}
          onChange={(next) => set({ over: next }, { replace: true })}
          popupMatchSelectWidth={false}
        />
        <Segmented
          aria-label={t.trendBy}
          value={measure}
          options={[
            { value: 'share', label: t.share },
            { value: 'tgi', label: t.tgi },
          ]}
          onChange={(next) => set({ by: next }, { replace: true })}
        />
      </div>
      <AnswerCard
        analysis="portrait-trend"
        title={t.trend}
        params={{ audience: audience.name, base, tag: trend, ...params }}
        sentence={(answer) => <Moved answer={answer} cutAt={cutAt} />}
        chart={(answer, openRow) => <TrendChart answer={answer} measure={measure} openRow={openRow} />}
      />
    </>
  );
}

/** The days asked: back from the last, no earlier than the rule can be asked for. */
function useAsked(audience: AudienceShown, stretch: Stretch) {
  const last = useLastDay();
  const to = audience.fixed_on ?? last;
  const { every, count } = stretches[stretch];
  const wanted = addDays(to, -every * (count - 1));
  const earliest = audience.first_day ?? '';
  const isCut = earliest > wanted;
  const from = isCut ? earliest : wanted;
  return { params: { from, to, every }, cutAt: isCut ? earliest : undefined };
}

interface MovedProps {
  readonly answer: AnswerBody;
  /** The first day that can be told, where that is later than was asked for. */
  readonly cutAt: string | undefined;
}

function Moved({ answer, cutAt }: MovedProps) {
  const t = useText().audiences.shown;
  const format = useFormat();
  const words = useTgiWords();
  const cells = answer.rows as unknown as readonly TrendCell[]; // as: the columns of the analysis
  const moved = mostMoved(cells);
  const tag = cells[0]?.tag ?? '';
  const share = (of: number) => format.exact(of, 'rate');
  return (
    <>
      {moved ? `${t.trendMoved(words.value({ tag, value: moved.value }), share(moved.from), share(moved.to))} ` : null}
      <span className="qc-muted qc-small">
        {t.trendLead}
        {cutAt === undefined ? null : ` ${t.trendFrom(cutAt)}`}
      </span>
    </>
  );
}
