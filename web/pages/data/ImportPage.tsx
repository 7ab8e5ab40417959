import { Button, Card } from 'antd';
import { useText } from '../../text/useText.ts';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { DropZone } from './DropZone.tsx';
import './data.css';
import { FileList } from './FileList.tsx';
import { FilePanel } from './FilePanel.tsx';
import { RunningImports } from './RunningImports.tsx';
import { StartBar } from './StartBar.tsx';
import { uploads } from './sending/uploadBook.ts';
import { useUploads, useUploadsInAddress } from './sending/useUploads.ts';

const start = { uploads: [] as readonly string[], jobs: [] as readonly number[], file: '', tab: 'form' };

/** From a dropped file to facts: sent, recognised, looked at, mended, imported, reported. */
export function ImportPage() {
  const t = useText();
  const [state, set] = useUrlState(start);
  const list = useUploads();
  useUploadsInAddress(listOf(state.uploads, isText), (ids) => set({ uploads: ids }, { replace: true }));
  const jobs = listOf(state.jobs, isNumber);
  const picked = list.find(({ key, upload }) => key === state.file || upload === state.file) ?? list[0];
  const pick = (key: string | undefined) => {
    const file = uploads.list().find((each) => each.key === key);
    set({ file: file?.upload ?? key ?? '' }, { replace: true });
  };
  const add = (files: readonly File[]) => pick(uploads.add(files));
  const isRunning = jobs.length > 0 && list.length === 0;
  return (
    <Page title={t.shell.pages.import} lead={t.data.importLead}>
      {isRunning ? (
        <RunningImports
          jobs={jobs}
          onMore={() => set({ jobs: [] })}
          onRetried={(old, now) => set({ jobs: jobs.map((id) => (id === old ? now : id)) })}
        />
      ) : (
        <div className="qc-grid">
          <Card size="small">
            <DropZone onFiles={add} small={list.length > 0} />
          </Card>
          {list.length > 0 ? (
            <>
              <Card
                size="small"
                title={t.data.files.title(list.length)}
                extra={
                  <Button size="small" onClick={() => list.map(({ key }) => uploads.remove(key))}>
                    {t.data.files.clear}
                  </Button>
                }
              >
                <FileList list={list} picked={picked?.key} onPick={pick} />
              </Card>
              <StartBar list={list} onStarted={(started) => set({ jobs: started, file: '' })} />
              {picked ? (
                <div>
                  <FilePanel
                    key={picked.key}
                    file={picked}
                    tab={state.tab}
                    onTab={(tab) => set({ tab }, { replace: true })}
                  />
                </div>
              ) : null}
            </>
          ) : null}
        </div>
      )}
    </Page>
  );
}

/** What an address says is no more than a guess until it is looked at. */
function listOf<T>(value: unknown, is: (each: unknown) => each is T): readonly T[] {
  return Array.isArray(value) ? value.filter(is) : [];
}

const isText = (each: unknown): each is string => typeof each === 'string';
const isNumber = (each: unknown): each is number => Number.isInteger(each);
