import type { AnswerBody } from '../../../src/api/analyses.ts';
import { useShelfEntry } from '../../data/answers.ts';
import { type FastMetric, type FastRow, fastMetrics, rowsAs } from '../../data/rows.ts';
import type { ValueKind } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useCells } from '../../ui/answer/useCells.tsx';
import { NumberCell } from '../../ui/NumberCell.tsx';
import { useOpen } from '../../ui/opening.ts';

export const fastKinds: Readonly<Record<FastMetric, ValueKind>> = { F: 'count', A: 'rate', S: 'count', T: 'rate' };

/** What the shelf calls a metric of FAST. */
export function useFastName(): (metric: FastMetric) => string {
  const cells = useCells();
  const column = useShelfEntry('fast')?.columns.find(({ id }) => id === 'metric');
  return (metric) => (column ? cells.text(column, metric) : metric);
}

interface FastTableProps {
  readonly fast: AnswerBody;
  readonly before: AnswerBody;
}

/** The four metrics beside those of the period before; each opens its people. */
export function FastTable({ fast, before }: FastTableProps) {
  const t = useText().reports;
  const format = useFormat();
  const name = useFastName();
  const open = useOpen();
  const rowOf = ({ rows }: AnswerBody, metric: FastMetric) =>
    rowsAs<FastRow>(rows).find((row) => row.metric === metric);
  return (
    <div className="qc-scroll-x">
      <table className="qc-report-table">
        <thead>
          <tr>
            <th scope="col">{t.metric}</th>
            <th scope="col">{t.value}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.change}</th>
            <th scope="col">{t.made}</th>
          </tr>
        </thead>
        <tbody>
          {fastMetrics.map((metric) => {
            const [now, was] = [rowOf(fast, metric), rowOf(before, metric)];
            const kind = fastKinds[metric];
            const by = now?.value == null || was?.value == null ? undefined : now.value - was.value;
            const cell = (answer: AnswerBody, row: FastRow | undefined) => (
              <NumberCell
                value={row?.value ?? null}
                kind={kind}
                label={name(metric)}
                onOpen={row && (() => open({ analysis: 'fast', params: answer.params, row, label: name(metric) }))}
              />
            );
            return (
              <tr key={metric}>
                <td>{name(metric)}</td>
                <td>
                  <strong>{cell(fast, now)}</strong>
                </td>
                <td>{cell(before, was)}</td>
                <td>{by === undefined ? '–' : format.difference(by, kind)}</td>
                <td>
                  {now && now.denominator !== null
                    ? t.of(format.count(now.numerator), format.count(now.denominator))
                    : '–'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
