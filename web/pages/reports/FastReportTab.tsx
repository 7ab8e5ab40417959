import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, Card } from 'antd';
import type { FastReport } from '../../../src/api/reports.ts';
import { useDataState } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { NothingHere } from '../../ui/Empty.tsx';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { exportFrom, queryOf } from '../../ui/files.ts';
import { PeriodPicker } from '../../ui/form/PeriodPicker.tsx';
import { Waiting, Working } from '../../ui/Waiting.tsx';
import { usePeriod } from '../../url/usePeriod.ts';
import { FastSheet } from './FastSheet.tsx';
import { printSheet } from './printSheet.ts';

/** The report of the period in the address, to read, to print, and as a workbook. */
export function FastReportTab() {
  const t = useText();
  const locale = useLocale();
  const { message } = App.useApp();
  const [period, setPeriod] = usePeriod();
  const { version, lastDay } = useDataState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['reports', 'fast', period, version],
    queryFn: ({ signal }) => call<FastReport>(`/api/reports/fast?${queryOf({ ...period })}`, { signal }),
    enabled: lastDay !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const keep = () =>
    exportFrom(`/api/reports/fast.xlsx?${queryOf({ ...period, lang: locale })}`, 'fast.xlsx').then(
      (name) => message.success(t.ui.exported(name)),
      (fault: unknown) => message.error(sayError(fault, t.ui)),
    );
  if (lastDay === null) return <NothingHere />;
  return (
    <>
      <div className="qc-page-tools qc-report-tools" style={{ marginBlockEnd: 12 }}>
        <PeriodPicker value={period} onChange={setPeriod} />
        <Button icon={<PrinterOutlined />} onClick={() => void printSheet()} disabled={!data}>
          {t.reports.print}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={() => void keep()} disabled={!data}>
          {t.reports.xlsx}
        </Button>
      </div>
      <div className="qc-no-print">
        <Working going={isFetching} />
      </div>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting height={480} /> : null}
      {data && !error ? (
        <Card size="small" className="qc-report">
          <FastSheet report={data} />
        </Card>
      ) : null}
    </>
  );
}
