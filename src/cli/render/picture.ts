import { type Analysis, unitOf } from '../../analyses/analysis.ts';
import type { Answer } from '../../app/reports.ts';
import { barPicture, type Drawing, linePicture, matrixPicture } from './charts.ts';
import { flowOf, flowPicture } from './flow.ts';
import { count, money, percent, plain } from './numbers.ts';

/** How values of a column of an analysis read: a share, money, a count, or any number. */
function formatOf(analysis: Analysis, column: string): Drawing['format'] {
  return (value, row = {}) => {
    const unit = unitOf(analysis, column, row);
    if (unit === 'rate') return percent(value);
    if (unit === 'money') return money(value);
    return Number.isInteger(value) ? count(value) : plain(value);
  };
}

/** The picture an analysis asks for, empty where it asks for none or there is nothing to draw. */
export function picture(analysis: Analysis, answer: Answer, drawing: Omit<Drawing, 'format'>): string {
  const { chart } = analysis;
  if (chart.kind === 'table' || answer.rows.length === 0) return '';
  if (chart.kind === 'flow') {
    const days = { from: String(answer.params.from ?? ''), to: String(answer.params.to ?? '') };
    return flowPicture(flowOf(answer.rows, chart, drawing.stages), days, drawing.text, drawing.paint);
  }
  const measure = chart.kind === 'matrix' ? chart.value : chart.y;
  const hasValue = answer.rows.some((row) => typeof row[measure] === 'number');
  if (!hasValue) return '';
  const full = { ...drawing, format: formatOf(analysis, measure) };
  if (chart.kind === 'matrix') return matrixPicture(answer.rows, chart, full);
  return chart.kind === 'bar' ? barPicture(answer.rows, chart, full) : linePicture(answer.rows, chart, full);
}
