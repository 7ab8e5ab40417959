import { Segmented, Tabs } from 'antd';
import { useShelfEntry } from '../../data/answers.ts';
import { type MoveKind, moveKinds } from '../../data/rows.ts';
import { useText } from '../../text/useText.ts';
import { PeriodPicker } from '../../ui/form/PeriodPicker.tsx';
import { RulesSelect, ScopePicker, useScope } from '../../ui/form/ScopePicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { usePeriod } from '../../url/usePeriod.ts';
import { FlowCard } from './FlowCard.tsx';
import { MovesTab } from './MovesTab.tsx';
import { TrendCard } from './TrendCard.tsx';

const state = { tab: 'trend', look: 'stacked', kind: 'deepened' };

/** Consumers by stage: over time, between two days, and why they moved. */
export function AssetsPage() {
  const { assets: t, shell } = useText();
  const [period, setPeriod] = usePeriod();
  const [scope, setScope] = useScope();
  const [{ tab, look, kind }, set] = useUrlState(state);
  const explained = useShelfEntry('aipl-moves') !== undefined;
  const params = { ...period, ...scope };
  const shownKind = moveKinds.find((each) => each === kind) ?? 'deepened';
  const items = [
    {
      key: 'trend',
      label: t.tabs.trend,
      children: <TrendTab params={params} rules={scope.rules} look={look} onLook={(next) => set({ look: next })} />,
    },
    {
      key: 'flow',
      label: t.tabs.flow,
      children: (
        <div className="qc-grid">
          <FlowCard params={params} rules={scope.rules} height={420} className="qc-two-thirds" />
          <FlowCard params={params} rules={scope.rules} look="matrix" height={420} className="qc-third" />
        </div>
      ),
    },
    ...(explained
      ? [
          {
            key: 'moves',
            label: t.tabs.moves,
            children: (
              <MovesTab
                params={params}
                rules={scope.rules}
                kind={shownKind}
                onKind={(next: MoveKind) => set({ kind: next })}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={shell.pages.assets}
      lead={t.lead}
      tools={
        <>
          <PeriodPicker value={period} onChange={setPeriod} />
          <ScopePicker scope={scope} onChange={setScope} />
          <RulesSelect value={scope.rules} onChange={(rules) => setScope({ rules })} />
        </>
      }
    >
      <Tabs
        activeKey={items.some((item) => item.key === tab) ? tab : 'trend'}
        onChange={(next) => set({ tab: next })}
        items={items}
        destroyOnHidden
      />
    </Page>
  );
}

interface TrendTabProps {
  readonly params: { readonly from: string; readonly to: string };
  readonly rules: string;
  readonly look: string;
  readonly onLook: (look: string) => void;
}

function TrendTab({ params, rules, look, onLook }: TrendTabProps) {
  const t = useText().assets;
  const looks = (['stacked', 'lines'] as const).map((value) => ({ value, label: t.looks[value] }));
  return (
    <>
      <Segmented
        aria-label={t.look}
        className="qc-no-print"
        style={{ marginBlockEnd: 12 }}
        options={looks}
        value={look === 'lines' ? 'lines' : 'stacked'}
        onChange={onLook}
      />
      <TrendCard params={params} rules={rules} stacked={look !== 'lines'} height={420} />
    </>
  );
}
