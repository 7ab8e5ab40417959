import type { FastReport } from '../../../src/api/reports.ts';
import { useDataState, useShelfEntry } from '../../data/answers.ts';
import { type FastRow, rowsAs } from '../../data/rows.ts';
import { useRules } from '../../data/rules.ts';
import { lengthOf } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { FastTable } from './FastTable.tsx';
import { FlowPart } from './FlowPart.tsx';
import { StockPart } from './StockPart.tsx';
import { TrendPart } from './TrendPart.tsx';

/** The report as it is printed: what it is of, the four metrics, stages, flow, trend, and where the numbers come from. */
export function FastSheet({ report }: { readonly report: FastReport }) {
  const t = useText().reports;
  const { list } = useFormat();
  const { brands } = useDataState();
  const { from, to, before, fast, fastBefore, stock, flow, trend } = report;
  return (
    <article>
      <h2>{t.title}</h2>
      <div>
        {t.period(from, to, lengthOf({ from, to }))}{' '}
        <span className="qc-muted">· {t.versus(before.from, before.to)}</span>
      </div>
      <div className="qc-muted">
        {t.brand} {brands.length === 0 ? t.allBrands : list(brands)}
      </div>
      <section>
        <Deepening report={report} />
        <FastTable fast={fast} before={fastBefore} />
      </section>
      <div className="qc-report-cols">
        <StockPart stock={stock} on={to} />
        <FlowPart flow={flow} from={from} to={to} />
      </div>
      <TrendPart trend={trend} />
      <Foot fast={fast} />
    </article>
  );
}

function Deepening({ report: { fast, fastBefore } }: { readonly report: FastReport }) {
  const t = useText().reports;
  const format = useFormat();
  const rate = (rows: FastReport['fast']['rows']) =>
    rowsAs<FastRow>(rows).find(({ metric }) => metric === 'A')?.value ?? null;
  const [now, was] = [rate(fast.rows), rate(fastBefore.rows)];
  if (now === null) return <p className="qc-sentence">{t.noSentence}</p>;
  const change = was === null ? '–' : format.difference(now - was, 'rate');
  return <p className="qc-sentence">{t.sentence(format.exact(now, 'rate'), change)}</p>;
}

/** Up to when the data hold, and whose the definition and the rules are. */
function Foot({ fast: { as_of, rules } }: Pick<FastReport, 'fast'>) {
  const { reports: t, ui } = useText();
  const format = useFormat();
  const entry = useShelfEntry('fast');
  const set = useRules().data?.find(({ key }) => key === rules);
  const told = (origin: keyof typeof ui.origins | undefined) => (origin ? ui.origins[origin] : '–');
  return (
    <p className="qc-small qc-muted qc-report-foot">
      {t.foot(format.moment(as_of), told(entry?.origin), rules, told(set?.origin))}
    </p>
  );
}
