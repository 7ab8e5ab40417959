import { Card } from 'antd';
import { useMemo } from 'react';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { Bars } from '../../charts/Bars.tsx';
import { grouped } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';

type Report = Lookalike['report'];

/** How well a model does with consumers that it has not seen: lift of the best parts, and whether its chances hold. */
export function Quality({ report }: { readonly report: Report }) {
  const q = useText().lookalikes.quality;
  const format = useFormat();
  const { lift, held_out: held, held_out_seeds: seeds, labelled } = report;
  return (
    <>
      <Card size="small" className="qc-half" title={q.lift}>
        <p className="qc-sentence">
          {q.lead(format.count(held), format.count(seeds))} <span className="qc-muted">{q.liftLead}</span>
        </p>
        <table className="qc-plain-table">
          <thead>
            <tr>
              <th scope="col">{q.part}</th>
              <th scope="col" className="qc-end">
                {q.times}
              </th>
            </tr>
          </thead>
          <tbody>
            {lift.map(({ part, lift: times }) => (
              <tr key={part}>
                <td>{q.first(format.exact(part, 'rate'))}</td>
                <td className="qc-end">{q.timesOf(grouped(times, format.style.locale, 2))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="qc-small qc-muted">{q.labelled(format.exact(labelled, 'rate'))}</p>
      </Card>
      <Calibration report={report} />
    </>
  );
}

function Calibration({ report: { calibration } }: { readonly report: Report }) {
  const q = useText().lookalikes.quality;
  const { names, series } = useMemo(
    () => ({
      names: calibration.map((_, at) => q.tenth(at + 1)),
      series: [
        { id: 'predicted', name: q.predicted, values: calibration.map(({ predicted }) => predicted) },
        { id: 'found', name: q.found, values: calibration.map(({ found }) => found) },
      ],
    }),
    [calibration, q],
  );
  return (
    <Card size="small" className="qc-half" title={q.calibration}>
      <p className="qc-sentence qc-muted">{q.calibrationLead}</p>
      <Bars title={q.calibration} names={names} series={series} kind="rate" height={220} />
    </Card>
  );
}
