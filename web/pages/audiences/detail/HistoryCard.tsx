import { Button, Card, Table } from 'antd';
import { useCallback, useMemo } from 'react';
import type { AudienceDay, AudienceShown } from '../../../../src/api/audiences.ts';
import { Bars } from '../../../charts/Bars.tsx';
import { LineTrend } from '../../../charts/LineTrend.tsx';
import { type Moving, useAudienceHistorySoon } from '../../../data/audiences.ts';
import { useCan } from '../../../data/session.ts';
import { endingOn } from '../../../format/day.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { PeriodPicker } from '../../../ui/form/PeriodPicker.tsx';
import { Waiting, Working } from '../../../ui/Waiting.tsx';
import { useUrlState } from '../../../url/urlState.ts';
import { useLastDay } from '../../../url/usePeriod.ts';
import { firstTold } from './firstDay.ts';
import { MovesDrawer } from './MovesDrawer.tsx';

/** Days that are looked at first: each that was never looked at is worked out. */
const USUAL_DAYS = 14;

/** Members day by day, with those who came and those who went. */
export function HistoryCard({ audience }: { readonly audience: AudienceShown }) {
  const t = useText();
  const s = t.audiences.shown;
  const can = useCan();
  const standard = endingOn(useLastDay(), USUAL_DAYS);
  const [state, set] = useUrlState({ ...standard, moved: '', which: 'entered', days: 'chart' });
  const period = { from: state.from, to: state.to };
  const first = firstTold(audience);
  const asked = first > period.from ? { from: first, to: period.to } : period;
  const isKnown = asked.from <= asked.to;
  const { data, error, refetch, isGoing } = useAudienceHistorySoon(audience.id, asked, isKnown);
  const open = can('people') ? (moved: string, which: Moving) => set({ moved, which }) : undefined;
  const isTable = state.days === 'table';
  return (
    <Card size="small" title={s.history}>
      <div className="qc-sentence">
        <PeriodPicker label={s.history} value={period} onChange={(next) => set({ ...next })} />
      </div>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {first > period.from ? <p className="qc-muted">{s.historyFrom(first)}</p> : null}
      <Working going={isGoing} />
      {isGoing ? <p className="qc-muted qc-small">{s.historyMore}</p> : null}
      {isKnown && !data && !error ? <Waiting /> : null}
      {isKnown && data?.length === 0 ? <p className="qc-muted">{s.noHistory}</p> : null}
      {isKnown && data && data.length > 0 ? (
        <>
          <Sum days={data} />
          {isTable ? <DayTable days={data} onOpen={open} /> : <DayCharts days={data} onOpen={open} />}
          <Button size="small" onClick={() => set({ days: isTable ? 'chart' : 'table' }, { replace: true })}>
            {isTable ? t.ui.showChart : t.ui.showTable}
          </Button>
        </>
      ) : null}
      {state.moved !== '' && can('people') ? (
        <MovesDrawer
          id={audience.id}
          on={state.moved}
          which={state.which === 'left' ? 'left' : 'entered'}
          onClose={() => set({ moved: '' })}
        />
      ) : null}
    </Card>
  );
}

function Sum({ days }: { readonly days: readonly AudienceDay[] }) {
  const t = useText().audiences.shown;
  const format = useFormat();
  const sum = (which: Moving) => format.count(days.reduce((all, each) => all + each[which], 0));
  return <p className="qc-sentence">{t.historySentence(format.count(days.length), sum('entered'), sum('left'))}</p>;
}

interface DaysProps {
  readonly days: readonly AudienceDay[];
  readonly onOpen: ((day: string, which: Moving) => void) | undefined;
}

function DayCharts({ days, onOpen }: DaysProps) {
  const a = useText().audiences;
  const names = useMemo(() => days.map(({ on }) => on), [days]);
  const lines = useMemo(
    () => [{ id: 'consumers', name: a.size, values: days.map(({ consumers }) => consumers) }],
    [days, a],
  );
  const series = useMemo(
    () => [
      { id: 'entered', name: a.shown.entered, values: days.map(({ entered }) => entered) },
      { id: 'left', name: a.shown.left, values: days.map(({ left }) => -left) },
    ],
    [days, a],
  );
  const pick = useCallback(
    (at: number, place: number) => {
      const day = names[place];
      if (day) onOpen?.(day, at === 0 ? 'entered' : 'left');
    },
    [names, onOpen],
  );
  return (
    <>
      <LineTrend title={a.shown.history} days={names} lines={lines} kind="count" height={200} />
      <Bars
        stacked
        title={`${a.shown.entered} / ${a.shown.left}`}
        names={names}
        series={series}
        kind="count"
        height={160}
        onPick={onOpen && pick}
      />
    </>
  );
}

function DayTable({ days, onOpen }: DaysProps) {
  const a = useText().audiences;
  const format = useFormat();
  const moving = (which: Moving) => ({
    title: a.shown[which],
    dataIndex: which,
    align: 'end' as const,
    render: (count: number, { on }: AudienceDay) =>
      onOpen && count > 0 ? (
        <button
          type="button"
          className="qc-number"
          aria-label={`${a.shown.moves(on, a.shown[which])} ${format.count(count)}`}
          onClick={() => onOpen(on, which)}
        >
          {format.count(count)}
        </button>
      ) : (
        format.count(count)
      ),
  });
  return (
    <Table
      size="small"
      rowKey="on"
      dataSource={days.toReversed()}
      pagination={days.length > 31 ? { pageSize: 31, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 'max-content' }}
      style={{ marginBlockEnd: 8 }}
      columns={[
        { title: a.shown.day, dataIndex: 'on' },
        { title: a.size, dataIndex: 'consumers', align: 'end', render: format.count },
        moving('entered'),
        moving('left'),
      ]}
    />
  );
}
