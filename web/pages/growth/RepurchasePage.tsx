import { Select } from 'antd';
import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Funnel, type FunnelStep } from '../../charts/Funnel.tsx';
import { type Line, LineTrend } from '../../charts/LineTrend.tsx';
import { type RepurchaseRow, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { DayPicker } from '../../ui/form/PeriodPicker.tsx';
import { ScopePicker, useScope } from '../../ui/form/ScopePicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { useDay } from '../../url/usePeriod.ts';
import { bestOf, hasFew } from './enough.ts';

/** Days in which a next purchase may count. */
const choices = [30, 60, 90, 180, 365] as const;

/** How many buy again after each purchase. */
export function RepurchasePage() {
  const { growth, shell } = useText();
  const t = growth.repurchase;
  const format = useFormat();
  const [on, setOn] = useDay();
  const [scope, setScope] = useScope();
  const [{ within }, set] = useUrlState({ within: 90 });
  const params = { on, within_days: within, ...scope };
  const firstSentence = ({ rows }: AnswerBody) => {
    const first = rowsAs<RepurchaseRow>(rows)[0];
    if (!first) return '';
    return t.funnelSentence(
      format.count(first.consumers),
      format.count(first.repurchased),
      format.exact(first.rate, 'rate'),
    );
  };
  const bestSentence = ({ rows }: AnswerBody) => {
    const best = bestOf(rowsAs<RepurchaseRow>(rows));
    const lead = best ? t.curveSentence(format.count(best.nth), format.exact(best.rate, 'rate')) : '';
    return lead + (hasFew(rowsAs<RepurchaseRow>(rows)) ? t.few : t.still);
  };
  return (
    <Page
      title={shell.pages.repurchase}
      lead={t.lead}
      tools={
        <>
          <DayPicker value={on} onChange={setOn} />
          <Select
            aria-label={t.within}
            value={within}
            onChange={(days) => set({ within: days })}
            options={[...new Set([...choices, within])].map((days) => ({
              value: days,
              label: `${t.within} ${t.days(format.count(days))}`,
            }))}
            popupMatchSelectWidth={false}
          />
          <ScopePicker scope={scope} onChange={setScope} />
        </>
      }
    >
      <div className="qc-grid">
        <AnswerCard
          analysis="repurchase"
          params={params}
          title={t.funnel}
          sentence={firstSentence}
          className="qc-half"
          chart={(answer, openRow) => <Steps rows={rowsAs<RepurchaseRow>(answer.rows)} onOpen={openRow} />}
        />
        <AnswerCard
          analysis="repurchase"
          params={params}
          title={t.curve}
          sentence={bestSentence}
          className="qc-half"
          chart={(answer, openRow) => <Curve rows={rowsAs<RepurchaseRow>(answer.rows)} onOpen={openRow} />}
        />
      </div>
    </Page>
  );
}

interface PictureProps {
  readonly rows: readonly RepurchaseRow[];
  readonly onOpen: OpenRow;
}

const STEP_HEIGHT = 36;
const HEIGHT = 340;

function Steps({ rows, onOpen }: PictureProps) {
  const t = useText().growth.repurchase;
  const steps = useMemo(
    () => rows.map(({ nth, consumers }) => ({ id: String(nth), name: t.nth(String(nth)), value: consumers })),
    [rows, t],
  );
  const pick = ({ id, name }: FunnelStep) => {
    const row = rows.find(({ nth }) => String(nth) === id);
    if (row) onOpen(row, name);
  };
  return <Funnel title={t.steps} steps={steps} height={Math.max(HEIGHT, steps.length * STEP_HEIGHT)} onPick={pick} />;
}

function Curve({ rows, onOpen }: PictureProps) {
  const t = useText().growth.repurchase;
  const names = useMemo(() => rows.map(({ nth }) => t.nth(String(nth))), [rows, t]);
  const lines = useMemo(() => [{ id: 'rate', name: t.rate, values: rows.map(({ rate }) => rate) }], [rows, t]);
  const pick = (_: Line, name: string) => {
    const row = rows[names.indexOf(name)];
    if (row) onOpen(row, name);
  };
  return <LineTrend title={t.curve} days={names} lines={lines} kind="rate" height={HEIGHT} onPick={pick} />;
}
