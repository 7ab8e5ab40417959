import { Select } from 'antd';
import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Waterfall } from '../../charts/Waterfall.tsx';
import type { WaterfallPart } from '../../charts/waterfallSteps.ts';
import type { Params } from '../../data/answers.ts';
import { type GrowRow, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { useOpen } from '../../ui/opening.ts';
import { ScrollX } from '../../ui/ScrollX.tsx';
import { bySource, strongest, total } from './growFacts.ts';
import { useSources } from './useSources.ts';

interface GrowWaterfallProps {
  readonly params: Params;
  /** Net sales of the period by category. */
  readonly sales: readonly GrowRow[] | undefined;
  /** Category taken apart; all of them when undefined. */
  readonly focus: string | undefined;
  readonly onFocus: (category: string | undefined) => void;
}

/** From the base's net sales to the period's, by source. */
export function GrowWaterfall({ params, sales, focus, onFocus }: GrowWaterfallProps) {
  const t = useText().growth.grow;
  const format = useFormat();
  const { metrics, source, category } = useSources();
  const inSight = (rows: readonly GrowRow[]) =>
    focus === undefined ? rows : rows.filter((row) => row.category_id === focus);
  const sentence = ({ rows }: AnswerBody) => {
    const own = inSight(rowsAs<GrowRow>(rows));
    const by = total(own);
    const after = sales && total(inSight(sales));
    const top = strongest(bySource(own, metrics));
    if (after === undefined) return ' ';
    const what = focus === undefined ? t.all : category(focus);
    const lead = t.up(
      what,
      format.exact(after - by, 'money'),
      format.exact(after, 'money'),
      format.difference(by, 'money'),
    );
    return lead + (top ? t.main(source(top.metric), format.difference(top.value, 'money')) : t.end);
  };
  return (
    <AnswerCard
      analysis="grow"
      params={params}
      title={t.waterfall}
      sentence={sentence}
      chart={(answer, openRow) => {
        const rows = rowsAs<GrowRow>(answer.rows);
        return (
          <>
            <FocusSelect rows={rows} focus={focus} onFocus={onFocus} />
            <Parts
              rows={inSight(rows)}
              after={sales && total(inSight(sales))}
              focus={focus}
              params={params}
              onOpen={openRow}
            />
          </>
        );
      }}
    />
  );
}

interface FocusSelectProps {
  readonly rows: readonly GrowRow[];
  readonly focus: string | undefined;
  readonly onFocus: (category: string | undefined) => void;
}

function FocusSelect({ rows, focus, onFocus }: FocusSelectProps) {
  const t = useText().growth.grow;
  const { category } = useSources();
  const ids = [...new Set([...rows.map((row) => row.category_id), ...(focus === undefined ? [] : [focus])])];
  const options = [{ value: 'all', label: t.all }, ...ids.map((id) => ({ value: `.${id}`, label: category(id) }))];
  return (
    <Select
      aria-label={t.focus}
      className="qc-no-print"
      value={focus === undefined ? 'all' : `.${focus}`}
      options={options}
      onChange={(value) => onFocus(value === 'all' ? undefined : value.slice(1))}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ minWidth: 180, maxWidth: '100%' }}
    />
  );
}

/** Room for six bars with their numbers. */
const MIN_WIDTH = 560;

interface PartsProps {
  readonly rows: readonly GrowRow[];
  readonly after: number | undefined;
  readonly focus: string | undefined;
  readonly params: Params;
  readonly onOpen: OpenRow;
}

function Parts({ rows, after, focus, params, onOpen }: PartsProps) {
  const t = useText().growth.grow;
  const open = useOpen();
  const { metrics, source } = useSources();
  const parts = useMemo(
    () => bySource(rows, metrics).map(({ metric, value }) => ({ id: metric, name: source(metric), value })),
    [rows, metrics, source],
  );
  const before = after === undefined ? undefined : after - total(rows);
  const start = useMemo(() => (before === undefined ? undefined : { name: t.before, value: before }), [before, t]);
  const pick = ({ id, name }: WaterfallPart) => {
    const row = rows.find((each) => each.metric === id);
    if (row && focus !== undefined) onOpen(row, name);
    else open({ analysis: 'grow', params, row: null, label: `${t.all} · ${name}` });
  };
  return (
    <ScrollX width={MIN_WIDTH}>
      <Waterfall
        title={t.waterfall}
        {...(start ? { start } : {})}
        parts={parts}
        end={t.after}
        kind="money"
        height={340}
        onPick={pick}
      />
    </ScrollX>
  );
}
