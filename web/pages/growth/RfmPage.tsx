import { Segmented } from 'antd';
import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Bars } from '../../charts/Bars.tsx';
import { type RfmCell, RfmCube } from '../../charts/RfmCube.tsx';
import { useShelfEntry } from '../../data/answers.ts';
import { type RfmRow, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { DayPicker } from '../../ui/form/PeriodPicker.tsx';
import { RulesSelect, ScopePicker, useScope } from '../../ui/form/ScopePicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { useDay } from '../../url/usePeriod.ts';
import { headcount, largest } from '../assets/moves.ts';

const measures = ['consumers', 'amount'] as const;
type Measure = (typeof measures)[number];

/** The class that is high in all three: the one a brand lives by. */
const BEST = 'HHH';

/** Buyers in eight classes, by how many they are or by what they spent. */
export function RfmPage() {
  const { growth, shell } = useText();
  const t = growth.rfm;
  const [on, setOn] = useDay();
  const [scope, setScope] = useScope();
  const [{ look, measure }, set] = useUrlState({ look: 'cube', measure: 'consumers' });
  const by = measures.find((each) => each === measure) ?? 'consumers';
  const params = { on, ...scope };
  const sentence = useSentence();
  return (
    <Page
      title={shell.pages.rfm}
      lead={t.lead}
      tools={
        <>
          <DayPicker value={on} onChange={setOn} />
          <ScopePicker scope={scope} onChange={setScope} />
          <RulesSelect value={scope.rules} onChange={(rules) => setScope({ rules })} />
        </>
      }
    >
      <div className="qc-grid">
        <AnswerCard
          analysis="rfm"
          params={params}
          sentence={({ rows }: AnswerBody) => sentence(rowsAs<RfmRow>(rows))}
          chart={(answer, openRow) => (
            <>
              <div className="qc-page-tools qc-no-print">
                <Segmented
                  aria-label={t.look}
                  value={look === 'bars' ? 'bars' : 'cube'}
                  onChange={(next) => set({ look: next })}
                  options={(['cube', 'bars'] as const).map((value) => ({ value, label: t.looks[value] }))}
                />
                <Segmented
                  aria-label={t.measure}
                  value={by}
                  onChange={(next) => set({ measure: next })}
                  options={measures.map((value) => ({ value, label: t.measures[value] }))}
                />
              </div>
              <Classes rows={rowsAs<RfmRow>(answer.rows)} look={look} measure={by} onOpen={openRow} />
            </>
          )}
        />
        <AnswerCard analysis="rfm" params={params} title={t.table} chart={null} />
      </div>
    </Page>
  );
}

/** What a class is called in the language in use. */
function useClassName(): (row: RfmRow) => string {
  const locale = useLocale();
  const words = useShelfEntry('rfm')?.columns.find(({ id }) => id === 'name')?.words;
  return useMemo(() => (row) => words?.[row.name]?.[locale] ?? row.name, [words, locale]);
}

/** Says how much of the money the best buyers bring, and which class is the largest. */
function useSentence(): (rows: readonly RfmRow[]) => string {
  const t = useText().growth.rfm;
  const format = useFormat();
  const nameOf = useClassName();
  return (rows) => {
    const buyers = headcount(rows);
    const money = rows.reduce((sum, row) => sum + row.amount, 0);
    const told = rows.find((row) => row.class === BEST) ?? rows[0];
    const most = largest(rows, 1)[0];
    if (!told || !most || buyers === 0) return '';
    const share = (part: number, whole: number) => format.exact(whole > 0 ? part / whole : null, 'rate');
    return (
      t.sentence(
        format.count(buyers),
        nameOf(told),
        format.count(told.consumers),
        share(told.consumers, buyers),
        share(told.amount, money),
      ) + t.largest(nameOf(most), share(most.consumers, buyers))
    );
  };
}

interface ClassesProps {
  readonly rows: readonly RfmRow[];
  readonly look: string;
  readonly measure: Measure;
  readonly onOpen: OpenRow;
}

function Classes({ rows, look, measure, onOpen }: ClassesProps) {
  const t = useText().growth.rfm;
  const nameOf = useClassName();
  const cells = useMemo(
    () => rows.map((row) => ({ class: row.class, name: nameOf(row), value: row[measure] })),
    [rows, measure, nameOf],
  );
  const names = useMemo(() => cells.map(({ name }) => name), [cells]);
  const series = useMemo(
    () => [{ id: measure, name: t.measures[measure], values: cells.map(({ value }) => value) }],
    [cells, measure, t],
  );
  const kind = measure === 'amount' ? 'money' : 'count';
  const open = (row: RfmRow | undefined) => row && onOpen(row, `${row.class} ${nameOf(row)}`);
  const common = { title: t.table, kind, height: 340 } as const;
  if (look === 'bars')
    return <Bars {...common} names={names} series={series} lying onPick={(_, at) => open(rows[at])} />;
  const pick = (cell: RfmCell) => open(rows.find((row) => row.class === cell.class));
  return <RfmCube {...common} cells={cells} onPick={pick} />;
}
