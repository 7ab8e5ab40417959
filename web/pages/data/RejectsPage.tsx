import { Alert, Button, Card, Empty } from 'antd';
import './data.css';
import type { RejectSum } from '../../../src/api/data.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { MendDialog } from './MendDialog.tsx';
import { RejectRows } from './RejectRows.tsx';
import { RejectSums } from './RejectSums.tsx';
import { useDataWords } from './useDataWords.ts';
import { everyReject, isMeant, useRejectSums } from './useRejects.ts';

/** Rows that could not be taken: counted by reason, mended in place, and tried again. */
export function RejectsPage() {
  const t = useText();
  const r = t.data.rejects;
  const can = useCan();
  const [state, set] = useUrlState({ ...everyReject, job: 0, mend: false });
  const { data: sums, error, refetch } = useRejectSums();
  const filter = { import: state.import, file: state.file, column: state.column, reason: state.reason };
  const meant = (sums ?? []).filter((sum) => isMeant(sum, filter));
  const isAll = state.import === 0 && state.file === 0 && state.reason === '';
  return (
    <Page title={t.shell.pages.rejects} lead={r.lead}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!sums && !error ? <Waiting /> : null}
      <div className="qc-grid">
        {state.job > 0 ? (
          <JobPanel
            id={state.job}
            title={r.replaying}
            onClose={() => set({ job: 0 })}
            onRetried={(job) => set({ job })}
          />
        ) : null}
        {sums?.length === 0 ? (
          <Card size="small">
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={r.none}>
              <span className="qc-small qc-muted">{r.noneLead}</span>
            </Empty>
          </Card>
        ) : null}
        {sums && sums.length > 0 ? (
          <>
            <Card
              size="small"
              title={r.summary}
              extra={
                isAll ? null : (
                  <Button size="small" onClick={() => set({ ...everyReject })}>
                    {r.showAll}
                  </Button>
                )
              }
            >
              <Sentence sums={meant} />
              <RejectSums
                sums={sums}
                filter={filter}
                onPick={({ import: of, file_id: file, column, reason }) => set({ import: of, file, column, reason })}
              />
            </Card>
            {can('people') ? (
              <RejectRows
                key={JSON.stringify(filter)}
                filter={filter}
                rows={meant.reduce((all, each) => all + each.rows, 0)}
                onReplay={(job) => set({ job })}
                onMend={() => set({ mend: true })}
              />
            ) : (
              <Alert type="info" showIcon title={r.noPermission} />
            )}
          </>
        ) : null}
      </div>
      {state.mend && can('people') && can('operate') ? (
        <MendDialog
          filter={filter}
          onReplay={(job) => set({ job, mend: false })}
          onClose={() => set({ mend: false })}
        />
      ) : null}
    </Page>
  );
}

function Sentence({ sums }: { readonly sums: readonly RejectSum[] }) {
  const t = useText().data.rejects;
  const format = useFormat();
  const words = useDataWords();
  const all = sums.reduce((sum, each) => sum + each.rows, 0);
  const files = new Set(sums.map(({ file_id }) => file_id)).size;
  const most = [...sums].sort((a, b) => b.rows - a.rows)[0];
  return (
    <p className="qc-sentence">
      {t.sentence(format.count(all), files)}
      {most && sums.length > 1 ? ` ${t.top(most.file, words.reject(most), format.count(most.rows))}` : null}
    </p>
  );
}
