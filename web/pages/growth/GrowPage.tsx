import { Select } from 'antd';
import { useAnswer, useDataState } from '../../data/answers.ts';
import { type GrowRow, rowsAs } from '../../data/rows.ts';
import { addDays, type Day, isDay } from '../../format/day.ts';
import { useText } from '../../text/useText.ts';
import { PeriodPicker } from '../../ui/form/PeriodPicker.tsx';
import { ScopePicker, useScope } from '../../ui/form/ScopePicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { usePeriod } from '../../url/usePeriod.ts';
import { GrowTable } from './GrowTable.tsx';
import { GrowWaterfall } from './GrowWaterfall.tsx';
import { baseKinds, useBase } from './useBase.ts';

/** Stands for every category; an empty text is the category of lines without one. */
const ALL = 'all';

/** What moved sales between two periods. */
export function GrowPage() {
  const { growth: t, shell } = useText();
  const [period, setPeriod] = usePeriod();
  const base = useBase(period);
  const [scope, setScope] = useScope();
  const [{ focus }, set] = useUrlState({ focus: ALL });
  const params = { ...period, base_from: base.period.from, base_to: base.period.to, ...scope };
  const sales = useSales({ ...period, ...scope });
  const focused = focus === ALL ? undefined : focus.slice(1);
  return (
    <Page
      title={shell.pages.grow}
      lead={t.grow.lead}
      tools={
        <>
          <PeriodPicker label={t.period} value={period} onChange={setPeriod} />
          <Select
            aria-label={t.base}
            value={base.kind}
            onChange={base.setKind}
            options={baseKinds.map((value) => ({ value, label: `${t.base} · ${t.bases[value]}` }))}
            popupMatchSelectWidth={false}
          />
          <PeriodPicker label={t.base} value={base.period} onChange={base.setPeriod} />
          <ScopePicker scope={scope} onChange={setScope} />
        </>
      }
    >
      <div className="qc-grid">
        <GrowWaterfall
          params={params}
          sales={sales}
          focus={focused}
          onFocus={(next) => set({ focus: next === undefined ? ALL : `.${next}` })}
        />
        <GrowTable params={params} onFocus={(next) => set({ focus: `.${next}` })} />
      </div>
    </Page>
  );
}

/**
 * Net sales of a period by category: what the sources add up to against a base without sales. Undefined until known.
 * Note: the base is the day before the first of the data.
 */
function useSales(params: { readonly from: Day; readonly to: Day }): readonly GrowRow[] | undefined {
  const { firstDay } = useDataState();
  const nothing = addDays(isDay(firstDay) ? firstDay : params.from, -1);
  const { data } = useAnswer('grow', { ...params, base_from: nothing, base_to: nothing });
  return data && rowsAs<GrowRow>(data.rows);
}
