import { Button } from 'antd';
import { queries } from '../data/queries.ts';
import { useReach } from '../data/reach.ts';
import { useText } from '../text/useText.ts';

/** Says that the server is gone; the state of the data is asked for twice a minute, so that its coming back shows. */
export function Offline() {
  const t = useText().shell;
  if (useReach()) return null;
  return (
    <div className="qc-offline" role="status">
      <span>⚠ {t.offline}</span>
      <Button size="small" onClick={() => void queries.refetchQueries({ type: 'active' })}>
        {t.backOnline}
      </Button>
    </div>
  );
}
