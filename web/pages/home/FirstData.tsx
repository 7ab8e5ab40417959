import { useState } from 'react';
import { useCan } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { NothingHere } from '../../ui/Empty.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { DemoDialog } from './DemoDialog.tsx';

/** In place of the overview of a home without data: what to begin with, and the demo brand as it is loaded. */
export function FirstData({ running }: { readonly running: number | undefined }) {
  const { title } = useText().home.demo;
  const can = useCan();
  const [state, set] = useUrlState({ demo: false });
  const [started, setStarted] = useState<number>();
  const job = started ?? running;
  const close = () => set({ demo: false }, { replace: true });
  const start = (id: number) => {
    setStarted(id);
    close();
  };
  if (job !== undefined)
    return <JobPanel id={job} title={title} onRetried={setStarted} onClose={() => setStarted(undefined)} />;
  return (
    <>
      <NothingHere />
      {state.demo && can('operate') ? <DemoDialog onStarted={start} onClose={close} /> : null}
    </>
  );
}
