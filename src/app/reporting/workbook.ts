import type { Cell, Sheet } from 'write-excel-file/node';
import type { Locale, Text } from '../../base/text.ts';
import type { Context } from '../../intake/context.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { type ShelfEntry, type ShownColumn, shelfEntry } from '../answers/shelf.ts';
import { explain } from '../asking.ts';
import { cellOf, defused } from '../export/cells.ts';
import { aboutSheet, figureSheet, workbook } from '../export/xlsx.ts';
import type { Answer } from '../reports.ts';
import type { FastReport } from './fastReport.ts';

const titles = {
  period: { zh: '本期', en: 'This period' },
  before: { zh: '上期', en: 'Period before' },
  change: { zh: '变化', en: 'Change' },
  about: { zh: '口径说明', en: 'Definitions' },
} as const satisfies Record<string, Text>;

const metrics = ['F', 'A', 'S', 'T'] as const;
const isRate = (metric: unknown): boolean => metric === 'A' || metric === 'T';

/** An answer with the entry of the shelf that names its columns. */
interface Part {
  readonly answer: Answer;
  readonly entry: ShelfEntry;
}

/** The FAST report as XLSX: a sheet a part, and one that says what each is, where it comes from and how it was asked. */
export async function reportWorkbook(context: Context, report: FastReport, locale: Locale): Promise<Buffer> {
  const [fast, stock, flow, trend] = await Promise.all(
    [report.fast, report.stock, report.flow, report.trend].map(async (answer) => ({
      answer,
      entry: await shelfEntry(context, answer.analysis, answer.rules),
    })),
  );
  if (!fast || !stock || !flow || !trend) throw new Error('a report has four parts');
  const about = await Promise.all([fast, stock, flow, trend].map((part) => aboutPart(context, part, locale)));
  return workbook([
    fastSheet(report, fast, locale),
    partSheet(stock, locale),
    partSheet(flow, locale),
    trendSheet(trend, locale),
    { sheet: titles.about[locale], columns: [{ width: 24 }, { width: 100 }], data: about.flat() },
  ]);
}

function partSheet({ answer, entry }: Part, locale: Locale): Sheet<Buffer> {
  return figureSheet({ name: entry.title[locale], columns: entry.columns, rows: answer.rows }, locale);
}

/** The four metrics of both periods, rates as percent; the change of a rate in points. */
function fastSheet(report: FastReport, { entry }: Part, locale: Locale): Sheet<Buffer> {
  const named = entry.columns.find(({ id }) => id === 'metric') ?? { id: '', title: titles.period, kind: 'text' };
  const days = ({ from, to }: { from: string; to: string }) => `${from} – ${to}`;
  const head = [
    named.title[locale],
    `${titles.period[locale]} ${days(report)}`,
    `${titles.before[locale]} ${days(report.before)}`,
    titles.change[locale],
    ...['numerator', 'denominator'].map((id) => entry.columns.find((each) => each.id === id)?.title[locale] ?? id),
  ].map((value): Cell => ({ value: defused(value), fontWeight: 'bold' }));
  const rows = report.fast.rows.map((row): Cell[] => {
    const earlier = report.fastBefore.rows.find(({ metric }) => metric === row.metric)?.value;
    const [now, then] = [numberOf(row.value), numberOf(earlier)];
    const format = isRate(row.metric) ? '0.0%' : '#,##0';
    return [
      { value: String(cellOf(row.metric, named as ShownColumn, locale) ?? ''), type: String },
      numeric(now, format),
      numeric(then, format),
      numeric(
        now === null || then === null ? null : now - then,
        isRate(row.metric) ? '+0.0%;-0.0%;0.0%' : '+#,##0;-#,##0;0',
      ),
      numeric(numberOf(row.numerator), '#,##0'),
      numeric(numberOf(row.denominator), '#,##0'),
    ];
  });
  return {
    sheet: 'FAST',
    data: [head, ...rows],
    columns: [32, 34, 34, 14, 14, 14].map((width) => ({ width })),
    stickyRowsCount: 1,
  };
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const numeric = (value: number | null, format: string): Cell =>
  value === null ? null : { value, type: Number, format };

/** One row a period, a column a metric. */
function trendSheet({ answer, entry }: Part, locale: Locale): Sheet<Buffer> {
  const [date, metric] = ['date', 'metric'].map((id) => entry.columns.find((each) => each.id === id));
  const columns = [
    ...(date ? [date] : []),
    ...metrics.map(
      (id): ShownColumn => ({
        id,
        title: metric?.words?.[id] ?? { zh: id, en: id },
        kind: isRate(id) ? 'rate' : 'count',
      }),
    ),
  ];
  const rows = new Map<unknown, Row>();
  for (const row of answer.rows)
    rows.set(row.date, { ...rows.get(row.date), date: row.date, [String(row.metric)]: row.value });
  return figureSheet({ name: entry.title[locale], columns, rows: [...rows.values()] }, locale);
}

/** What an analysis is, its definition in the language, and how it was asked. */
async function aboutPart(context: Context, { answer, entry }: Part, locale: Locale): Promise<Cell[][]> {
  const { doc } = await explain(context, answer.analysis, { ...answer.params });
  const definition = section(doc, 'Definition')[locale === 'zh' ? 0 : 1] ?? '';
  const { data } = aboutSheet(entry, answer, locale);
  return [
    ...(data as Cell[][]),
    [
      { value: { zh: '口径', en: 'Definition' }[locale], fontWeight: 'bold' },
      { value: defused(definition), type: String, wrap: true },
    ],
    [],
  ];
}

/** Paragraphs of a section of an analysis's page: Chinese, then English. */
function section(doc: string, title: string): string[] {
  const [, text = ''] = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(doc) ?? [];
  return text.trim().split(/\n\n+/);
}
