import { Card } from 'antd';
import { Fragment } from 'react';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { grouped } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { partsOf } from './parts.ts';

type Feature = Lookalike['report']['features'][number];

/** What tells a seed apart, in words, each with its weight as a bar to either side. */
export function Features({ report: { features } }: { readonly report: Lookalike['report'] }) {
  const f = useText().lookalikes.features;
  const format = useFormat();
  const most = Math.max(...features.map(({ weight }) => Math.abs(weight)), 0);
  return (
    <Card size="small" title={f.title}>
      <p className="qc-sentence qc-muted">{features.length > 0 ? f.lead : f.none}</p>
      <ul className="qc-lookalike-features">
        {features.map((feature) => (
          <li key={feature.en} data-less={feature.weight < 0 || undefined}>
            <span>
              <Title feature={feature} /> <span className="qc-muted">{feature.weight < 0 ? f.less : f.more}</span>
            </span>
            <span className="qc-lookalike-track" aria-hidden="true">
              <span style={{ width: `${most > 0 ? (100 * Math.abs(feature.weight)) / most : 0}%` }} />
            </span>
            <span className="qc-lookalike-weight">{grouped(feature.weight, format.style.locale, 2)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A feature's title; the data's own words in it are of no language of the console. */
function Title({ feature }: { readonly feature: Feature }) {
  const say = useSay();
  return partsOf(say(feature), feature.data).map(({ text, isData }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence keep their places
    <Fragment key={at}>{isData ? <bdi translate="no">{text}</bdi> : text}</Fragment>
  ));
}
