import { aiplFlow, aiplStock, aiplTrend, fast, repurchase, retention, rfm, type Unit } from './analyses.ts';
import type { Answer } from './cases.ts';
import { grow } from './grow.ts';
import type { Scope } from './paid.ts';
import type { World } from './world.ts';

/** The rows of an analysis by its id and the params of `run ID`, in the form of `Answer`. */
export function ask(world: World, question: Pick<Answer, 'analysis' | 'params'>, scope: Scope = {}): Answer['rows'] {
  const param = (name: string) => String(question.params[name]);
  const range = { from: param('from'), to: param('to') };
  const on = { on: param('on') };
  const answers: Record<Answer['analysis'], () => Answer['rows']> = {
    'aipl-stock': () => someone(aiplStock(world, on, scope)),
    'aipl-trend': () => someone(aiplTrend(world, range, scope)),
    'aipl-flow': () => rowsOf(aiplFlow(world, range, scope)),
    fast: () => rowsOf(fast(world, range, scope)),
    grow: () => rowsOf(grow(world, { ...range, base_from: param('base_from'), base_to: param('base_to') }, scope)),
    rfm: () => rowsOf(rfm(world, on, scope)),
    repurchase: () => rowsOf(repurchase(world, { ...on, within_days: Number(question.params.within_days) }, scope)),
    retention: () => {
      const cohort = param('cohort') === 'first_pay' ? 'first_pay' : 'first_touch';
      const unit = (['day', 'week', 'month'] as const).find((name) => name === param('unit')) ?? 'day';
      return rowsOf(retention(world, { ...range, cohort, unit: unit satisfies Unit }, scope));
    },
  };
  return answers[question.analysis]();
}

const rowsOf = (rows: readonly object[]): Answer['rows'] => rows.map((row) => ({ ...row }));

const someone = (rows: readonly { readonly consumers: number }[]): Answer['rows'] =>
  rowsOf(rows.filter((row) => row.consumers > 0));
