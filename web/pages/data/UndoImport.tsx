import { useMutation } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import type { ImportEntry } from '../../../src/api/data.ts';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface UndoImportProps {
  readonly entry: ImportEntry;
  readonly onUndo: (job: number) => void;
}

/** Takes an import back, once its reader has seen what goes with it. */
export function UndoImport({ entry: { id, status, files, accepted }, onUndo }: UndoImportProps) {
  const t = useText();
  const h = t.data.history;
  const can = useCan();
  const format = useFormat();
  const { message } = App.useApp();
  const undoing = useMutation({
    mutationFn: () => call<Job>(`/api/imports/${id}`, { method: 'DELETE' }),
    onSuccess: (job) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      onUndo(job.id);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
  if (!can('operate') || status === 'undone' || status === 'running') return null;
  return (
    <Popconfirm
      title={h.undoSure(id)}
      description={
        <div style={{ maxWidth: 'min(320px, 60vw)' }}>{h.undoLead(format.count(files), format.count(accepted))}</div>
      }
      okText={h.undoGo}
      okButtonProps={{ danger: true }}
      placement="topLeft"
      onConfirm={() => undoing.mutate()}
    >
      <Button size="small" danger loading={undoing.isPending}>
        {h.undo}
      </Button>
    </Popconfirm>
  );
}
