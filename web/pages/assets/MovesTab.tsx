import { Segmented } from 'antd';
import { useMemo } from 'react';
import { Bars } from '../../charts/Bars.tsx';
import { type Params, useAnswer, useDataState } from '../../data/answers.ts';
import { type MoveKind, type MoveRow, moveKinds, rowsAs } from '../../data/rows.ts';
import type { Period } from '../../format/day.ts';
import { before } from '../../format/day.ts';
import { useNarrow } from '../../shell/useNarrow.ts';
import { useText } from '../../text/useText.ts';
import { usePalette } from '../../theme/theme.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { NothingHere } from '../../ui/Empty.tsx';
import { Metric } from '../../ui/Metric.tsx';
import { useOpen } from '../../ui/opening.ts';
import { useStages } from '../../ui/useStages.ts';
import { KindMark } from './KindMark.tsx';
import { headcount, movesOf } from './moves.ts';
import { useMoveSentence } from './useMoveSentence.ts';
import { useReason } from './useReason.ts';

interface MovesTabProps {
  readonly params: Params & Period;
  readonly rules: string;
  readonly kind: MoveKind;
  readonly onKind: (kind: MoveKind) => void;
}

/** Who deepened, came, fell back or was lost between two days, and why. */
export function MovesTab({ params, rules, kind, onKind }: MovesTabProps) {
  const t = useText().assets;
  const sentence = useMoveSentence();
  const { lastDay } = useDataState();
  return (
    <div className="qc-grid">
      {lastDay === null ? null : <KindMetrics params={params} />}
      <AnswerCard
        analysis="aipl-moves"
        params={params}
        title={t.reasonsTitle}
        sentence={({ rows }) => sentence(rowsAs<MoveRow>(rows))}
        chart={(answer, openRow) => (
          <>
            <Segmented
              aria-label={t.kind}
              value={kind}
              onChange={onKind}
              options={moveKinds.map((value) => ({ value, label: t.kinds[value] }))}
            />
            <ReasonBars rows={rowsAs<MoveRow>(answer.rows)} kind={kind} rules={rules} onOpen={openRow} />
          </>
        )}
      />
    </div>
  );
}

/** How many moved each way, against the equally long period before. */
function KindMetrics({ params }: { readonly params: Params & Period }) {
  const t = useText().assets;
  const open = useOpen();
  const now = useAnswer('aipl-moves', params);
  const was = useAnswer('aipl-moves', { ...params, ...before(params) });
  const count = (answer: typeof now, kind: MoveKind) =>
    answer.data ? headcount(movesOf(rowsAs<MoveRow>(answer.data.rows), kind)) : undefined;
  return moveKinds.map((kind) => (
    <Metric
      key={kind}
      className="qc-quarter"
      label={t.kinds[kind]}
      title={
        <>
          <KindMark kind={kind} /> {t.kinds[kind]}
        </>
      }
      kind="count"
      value={count(now, kind)}
      waiting={now.isLoading}
      before={count(was, kind) ?? null}
      worse={kind === 'shallowed' || kind === 'lost'}
      onOpen={() => open({ analysis: 'aipl-moves', params, row: null, label: t.kinds[kind] })}
    >
      <div className="qc-small qc-muted">{t.kindTips[kind]}</div>
    </Metric>
  ));
}

/** Bars that a reader can still tell apart. */
const MOST = 12;
const BAR_HEIGHT = 30;
/** A bar whose name stands on two lines. */
const TALL_BAR_HEIGHT = 50;

interface ReasonBarsProps {
  readonly rows: readonly MoveRow[];
  readonly kind: MoveKind;
  readonly rules: string;
  readonly onOpen: OpenRow;
}

/** The largest moves of one kind, each with its reason; a bar opens its people. */
function ReasonBars({ rows, kind, rules, onOpen }: ReasonBarsProps) {
  const t = useText().assets;
  const stages = useStages(rules);
  const reason = useReason();
  const palette = usePalette();
  const narrow = useNarrow();
  const shown = useMemo(() => movesOf(rows, kind).slice(0, MOST), [rows, kind]);
  const names = useMemo(
    () =>
      shown.map(({ from_stage, to_stage, reason: why }) => {
        const code = (stage: string) => (stage === 'none' ? stages.name(stage) : stage);
        return `${code(from_stage)} → ${code(to_stage)}${narrow ? '\n' : ' · '}${reason(why)}`;
      }),
    [shown, stages, reason, narrow],
  );
  const series = useMemo(
    () => [
      {
        id: kind,
        name: t.kinds[kind],
        color: kind === 'deepened' || kind === 'added' ? palette.gain : palette.loss,
        values: shown.map((row) => row.consumers),
      },
    ],
    [shown, kind, t, palette],
  );
  if (shown.length === 0) return <NothingHere />;
  return (
    <Bars
      title={`${t.reasonsTitle} · ${t.kinds[kind]}`}
      names={names}
      series={series}
      kind="count"
      lying
      height={shown.length * (narrow ? TALL_BAR_HEIGHT : BAR_HEIGHT) + 64}
      onPick={(_, at) => {
        const row = shown[at];
        if (row) onOpen(row, names[at]?.replace('\n', ' · '));
      }}
    />
  );
}
