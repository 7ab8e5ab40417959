import { Tooltip } from 'antd';
import type { ShelfEntry } from '../../src/api/analyses.ts';
import { useText } from '../text/useText.ts';

/** Where a definition comes from; a proposed one never looks official. */
export function OriginTag({ origin }: { readonly origin: ShelfEntry['origin'] }) {
  const t = useText().ui;
  return (
    <Tooltip title={t.originTips[origin]}>
      <span className={`qc-origin qc-origin-${origin}`}>{t.origins[origin]}</span>
    </Tooltip>
  );
}
