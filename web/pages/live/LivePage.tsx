import { Button, Space } from 'antd';
import { useState } from 'react';
import { useCan } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { SecretOnce } from '../admin/SecretOnce.tsx';
import { ConnectCard } from './ConnectCard.tsx';
import { HourCard } from './HourCard.tsx';
import { RecentCard } from './RecentCard.tsx';
import { SourceForm } from './SourceForm.tsx';
import { SourcesCard } from './SourcesCard.tsx';
import { StateLine } from './StateLine.tsx';
import { useLiveState, useSourceChange, useSources } from './useLive.ts';

interface Made {
  readonly name?: string;
  readonly key?: string;
}

/** Sources of live events, what came of them, and the events as they come in. */
export function LivePage() {
  const t = useText();
  const can = useCan();
  const [state, set] = useUrlState({ add: false, source: '', paused: false });
  const [made, setMade] = useState<Made>();
  const live = useLiveState(state.paused);
  const sources = useSources(state.paused);
  const change = useSourceChange<Made>((answer) => {
    set({ add: false, source: '' });
    setMade(answer);
  });
  const edited = sources.data?.find(({ name }) => name === state.source);
  return (
    <Page
      title={t.shell.pages.live}
      lead={t.live.lead}
      tools={
        <Space wrap>
          <Button onClick={() => set({ paused: !state.paused })}>{state.paused ? t.live.goOn : t.live.pause}</Button>
          {can('operate') ? (
            <Button type="primary" onClick={() => set({ add: true })}>
              {t.live.add}
            </Button>
          ) : null}
        </Space>
      }
    >
      <StateLine live={live.data} />
      <div className="qc-grid">
        <div>
          <SourcesCard query={sources} onEdit={can('operate') ? (source) => set({ source }) : undefined} />
        </div>
        <HourCard query={live} />
        <RecentCard query={live} />
        <ConnectCard />
      </div>
      {state.add || edited ? (
        <SourceForm
          source={edited}
          isBusy={change.isPending}
          onChange={change.mutate}
          onClose={() => set({ add: false, source: '' })}
        />
      ) : null}
      {made?.key ? (
        <SecretOnce
          title={t.live.key(made.name ?? '')}
          lead={t.live.keyLead}
          secret={made.key}
          onClose={() => setMade(undefined)}
        />
      ) : null}
    </Page>
  );
}
