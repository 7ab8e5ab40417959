import { Alert, Card } from 'antd';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import type { Push } from '../../../src/api/pushes.ts';
import { useAnswer } from '../../data/answers.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { DayPicker } from '../../ui/form/PeriodPicker.tsx';
import { NumberCell } from '../../ui/NumberCell.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { useLastDay } from '../../url/usePeriod.ts';
import { Forest } from './Forest.tsx';
import { fourLines, isFair, type ReadoutRow } from './readout.ts';
import { useReadoutWords } from './useReadoutWords.ts';

/** What a push brought, against its control: in words, as intervals, and as the four lines; brought up to date by new data. */
export function ReadoutCard({ push: { name, holdout } }: { readonly push: Push }) {
  const t = useText().pushes.readout;
  const last = useLastDay();
  const [{ on }, set] = useUrlState({ on: last });
  const params = { push: name, on };
  const { data } = useAnswer('push-readout', params);
  const day = (
    <div className="qc-push-on">
      <span className="qc-muted">{t.on}</span>
      <DayPicker label={t.on} value={on} onChange={(next) => set({ on: next }, { replace: true })} />
    </div>
  );
  if (data?.rows.length === 0)
    return (
      <Card size="small" title={t.title}>
        {day}
        <Alert type="info" showIcon title={t.none} description={t.early(last)} />
      </Card>
    );
  return (
    <AnswerCard
      analysis="push-readout"
      params={params}
      chart={(answer, openRow) => (
        <>
          {day}
          <Readout answer={answer} openRow={openRow} hasControl={holdout > 0} />
        </>
      )}
    />
  );
}

interface ReadoutProps {
  readonly answer: AnswerBody;
  readonly openRow: OpenRow;
  readonly hasControl: boolean;
}

function Readout({ answer, openRow, hasControl }: ReadoutProps) {
  const rows = answer.rows as unknown as readonly ReadoutRow[]; // as: the columns of the analysis
  const split = rows.find(({ metric }) => metric === 'split');
  const open = (row: ReadoutRow, label: string) => openRow({ ...row }, label);
  return (
    <>
      <Split split={split} hasControl={hasControl} />
      <FourLines rows={rows} onOpen={open} />
      <Forest rows={rows.filter(({ metric }) => metric !== 'split')} onOpen={open} />
    </>
  );
}

/** Whether the groups are those that were meant. */
function Split({ split, hasControl }: { readonly split: ReadoutRow | undefined; readonly hasControl: boolean }) {
  const t = useText().pushes.readout;
  const format = useFormat();
  const words = useReadoutWords();
  if (!hasControl) return <Alert type="warning" showIcon title={t.noControl} />;
  if (!split || split.p === null) return null;
  const told = [format.count(split.treated), format.count(split.control), words.p(split.p)] as const;
  return isFair(split) ? (
    <p className="qc-sentence" data-testid="split">
      {t.fair(...told)}
    </p>
  ) : (
    <Alert type="error" showIcon title={t.unfair(...told)} />
  );
}

interface FourLinesProps {
  readonly rows: readonly ReadoutRow[];
  readonly onOpen: (row: ReadoutRow, label: string) => void;
}

/** The lines that a launch is judged by. */
function FourLines({ rows, onOpen }: FourLinesProps) {
  const t = useText().pushes.readout;
  const format = useFormat();
  return (
    <section aria-label={t.four}>
      <h3 className="qc-small qc-muted">{t.four}</h3>
      <dl className="qc-push-facts">
        {fourLines(rows).map(({ id, metric, treated, control }) => {
          const row = rows.find((each) => each.metric === metric);
          const label = t.lines[id];
          return (
            <div key={id}>
              <dt className="qc-muted">{label}</dt>
              <dd className="qc-figure">
                {treated === null ? (
                  <span className="qc-muted qc-push-none">{t.noData}</span>
                ) : (
                  <NumberCell
                    value={treated}
                    kind="rate"
                    label={label}
                    onOpen={row ? () => onOpen(row, label) : undefined}
                  />
                )}
              </dd>
              {control === null ? null : (
                <dd className="qc-small qc-muted">{t.control(format.exact(control, 'rate'))}</dd>
              )}
            </div>
          );
        })}
      </dl>
    </section>
  );
}
