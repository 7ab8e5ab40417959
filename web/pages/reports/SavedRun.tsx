import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { Link } from 'wouter';
import type { FastReport } from '../../../src/api/reports.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { queryOf } from '../../ui/files.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { FastSheet } from './FastSheet.tsx';
import { printSheet } from './printSheet.ts';
import { useRunFile } from './useRunFile.ts';

/** A report as it was made at its moment, whatever the data and the rules have become since. */
export function SavedRun({ id }: { readonly id: number }) {
  const t = useText().reports;
  const format = useFormat();
  const keep = useRunFile(id);
  const { data, error, refetch } = useQuery({
    queryKey: ['report-run', id],
    queryFn: ({ signal }) => call<FastReport>(`/api/reports/runs/${id}.json`, { signal }),
    staleTime: Infinity,
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting height={480} />;
  const { from, to, fast } = data;
  return (
    <>
      <Alert
        type="info"
        showIcon
        className="qc-no-print"
        style={{ marginBlockEnd: 12 }}
        title={t.kept(id, format.moment(fast.as_of))}
        description={t.keptLead}
      />
      <div className="qc-page-tools qc-report-tools" style={{ marginBlockEnd: 12 }}>
        <Link href={`/reports?${queryOf({ from, to })}`}>
          <Button>{t.keptAnew}</Button>
        </Link>
        <Button icon={<PrinterOutlined />} onClick={() => void printSheet()}>
          {t.print}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={keep}>
          {t.xlsx}
        </Button>
      </div>
      <Card size="small" className="qc-report">
        <FastSheet report={data} />
      </Card>
    </>
  );
}
