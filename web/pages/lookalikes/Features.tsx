import { Card } from 'antd';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { grouped } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';

/** What tells a seed apart, in words, each with its weight as a bar to either side. */
export function Features({ report: { features } }: { readonly report: Lookalike['report'] }) {
  const f = useText().lookalikes.features;
  const say = useSay();
  const format = useFormat();
  const most = Math.max(...features.map(({ weight }) => Math.abs(weight)), 0);
  return (
    <Card size="small" title={f.title}>
      <p className="qc-sentence qc-muted">{features.length > 0 ? f.lead : f.none}</p>
      <ul className="qc-lookalike-features">
        {features.map(({ weight, ...title }) => (
          <li key={title.en} data-less={weight < 0 || undefined}>
            <span>{weight < 0 ? f.less(say(title)) : f.more(say(title))}</span>
            <span className="qc-lookalike-track" aria-hidden="true">
              <span style={{ width: `${most > 0 ? (100 * Math.abs(weight)) / most : 0}%` }} />
            </span>
            <span className="qc-lookalike-weight">{grouped(weight, format.style.locale, 2)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
