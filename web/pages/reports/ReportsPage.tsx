import { Tabs } from 'antd';
import { useText } from '../../text/useText.ts';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { FastReportTab } from './FastReportTab.tsx';
import './report.css';
import { SavedRun } from './SavedRun.tsx';
import { Schedules } from './Schedules.tsx';

/** The FAST report of a period, and reports that are made by themselves. */
export function ReportsPage() {
  const t = useText();
  const [state, set] = useUrlState({ tab: 'report', run: 0 });
  return (
    <Page title={t.shell.pages.reports} lead={t.reports.lead}>
      <Tabs
        activeKey={state.tab}
        onChange={(tab) => set({ tab, run: 0 })}
        destroyOnHidden
        items={[
          {
            key: 'report',
            label: t.reports.tabs.report,
            children: state.run > 0 ? <SavedRun id={state.run} /> : <FastReportTab />,
          },
          { key: 'schedules', label: t.reports.tabs.schedules, children: <Schedules /> },
        ]}
      />
    </Page>
  );
}
