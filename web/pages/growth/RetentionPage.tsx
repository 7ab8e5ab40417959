import { Segmented } from 'antd';
import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { type HeatCell, HeatMap } from '../../charts/HeatMap.tsx';
import { type RetentionRow, rowsAs } from '../../data/rows.ts';
import { isDay, monthOf, type Period } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { PeriodPicker } from '../../ui/form/PeriodPicker.tsx';
import { ScopePicker, useScope } from '../../ui/form/ScopePicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { ScrollX } from '../../ui/ScrollX.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { useLastDay } from '../../url/usePeriod.ts';
import { nextPeriod } from './retentionFacts.ts';

const units = ['week', 'month'] as const;
const cohorts = ['first_pay', 'first_touch'] as const;

/** Months that cohorts are taken from where nobody has chosen. */
const MONTHS = 6;

/** The days a page of cohorts looks at, kept in its address. */
function useLongPeriod(): [Period, (period: Period) => void] {
  const last = useLastDay();
  const standard = { from: monthOf(last, MONTHS - 1).from, to: last };
  const [state, set] = useUrlState(standard);
  const usable = isDay(state.from) && isDay(state.to) && state.from <= state.to;
  return [usable ? { from: state.from, to: state.to } : standard, (period) => set({ ...period })];
}

/** How many of those who began together come back. */
export function RetentionPage() {
  const { growth, shell, ui } = useText();
  const t = growth.retention;
  const [period, setPeriod] = useLongPeriod();
  const [scope, setScope] = useScope();
  const [state, set] = useUrlState({ unit: 'month', cohort: 'first_pay' });
  const unit = units.find((each) => each === state.unit) ?? 'month';
  const cohort = cohorts.find((each) => each === state.cohort) ?? 'first_pay';
  const sentence = useSentence();
  const option = <V extends string>(value: V) => ({ value, label: ui.form.values[value] ?? value });
  return (
    <Page
      title={shell.pages.retention}
      lead={t.lead}
      tools={
        <>
          <PeriodPicker value={period} onChange={setPeriod} />
          <Segmented
            aria-label={t.unit}
            value={unit}
            onChange={(next) => set({ unit: next })}
            options={units.map(option)}
          />
          <Segmented
            aria-label={t.cohort}
            value={cohort}
            onChange={(next) => set({ cohort: next })}
            options={cohorts.map(option)}
          />
          <ScopePicker scope={scope} onChange={setScope} />
        </>
      }
    >
      <AnswerCard
        analysis="retention"
        params={{ ...period, unit, cohort, ...scope }}
        title={t.title}
        sentence={({ rows }: AnswerBody) => sentence(rowsAs<RetentionRow>(rows))}
        chart={(answer, openRow) => <Cohorts rows={rowsAs<RetentionRow>(answer.rows)} onOpen={openRow} />}
      />
    </Page>
  );
}

function useSentence(): (rows: readonly RetentionRow[]) => string {
  const t = useText().growth.retention;
  const format = useFormat();
  return (rows) => {
    const next = nextPeriod(rows);
    if (!next) return t.alone;
    const rate = format.exact(next.consumers > 0 ? next.retained / next.consumers : null, 'rate');
    return (
      t.first(rate, format.count(next.retained), format.count(next.consumers)) +
      (next.best ? t.best(next.best.cohort, format.exact(next.best.rate, 'rate')) : '') +
      (next.few ? t.few : '')
    );
  };
}

/** Room that a cell needs for its number, and a row's name. */
const CELL_WIDTH = 52;
const NAME_WIDTH = 150;

interface CohortsProps {
  readonly rows: readonly RetentionRow[];
  readonly onOpen: OpenRow;
}

function Cohorts({ rows, onOpen }: CohortsProps) {
  const t = useText().growth.retention;
  const format = useFormat();
  const { names, periods, cells } = useMemo(() => {
    const sizes = new Map(rows.map(({ cohort, consumers }) => [cohort, consumers]));
    const days = [...sizes.keys()];
    const across = [...new Set(rows.map(({ period }) => period))].toSorted((a, b) => a - b);
    return {
      names: days.map((day) => t.row(day, format.count(sizes.get(day) ?? 0))),
      periods: across.map(String),
      cells: rows.map((row) => ({
        row: days.indexOf(row.cohort),
        column: across.indexOf(row.period),
        value: row.rate,
      })),
    };
  }, [rows, t, format]);
  const most = useMemo(
    () => Math.max(0.01, ...rows.filter(({ period }) => period > 0).map(({ rate }) => rate)),
    [rows],
  );
  const pick = (cell: HeatCell) => {
    const row = rows[cells.findIndex((each) => each.row === cell.row && each.column === cell.column)];
    if (row) onOpen(row, `${t.cohortRow} ${row.cohort}`);
  };
  return (
    <>
      <ScrollX width={periods.length * CELL_WIDTH + NAME_WIDTH}>
        <HeatMap
          title={t.title}
          columns={periods}
          rows={names}
          cells={cells}
          kind="rate"
          columnTitle={t.period}
          rowTitle={t.cohortRow}
          most={most}
          onPick={pick}
        />
      </ScrollX>
      <p className="qc-small qc-muted">{t.depth}</p>
    </>
  );
}
