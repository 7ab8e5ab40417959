import { App } from 'antd';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { exportFrom } from '../../ui/files.ts';

/** Keeps the workbook that was made with a report. */
export function useRunFile(id: number): () => void {
  const t = useText().ui;
  const { message } = App.useApp();
  return () =>
    void exportFrom(`/api/reports/runs/${id}.xlsx`, `report-${id}.xlsx`).then(
      (name) => message.success(t.exported(name)),
      (error: unknown) => message.error(sayError(error, t)),
    );
}
