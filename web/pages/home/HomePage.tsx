import { lazy, Suspense } from 'react';
import { useDataState, useShelfEntry } from '../../data/answers.ts';
import { useDemoJob } from '../../data/jobs.ts';
import { lengthOf, type Period } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { PeriodPicker } from '../../ui/form/PeriodPicker.tsx';
import { Page } from '../../ui/Page.tsx';
import { useDrawn } from '../../ui/useDrawn.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { usePeriod } from '../../url/usePeriod.ts';
import { FlowCard } from '../assets/FlowCard.tsx';
import { StockCard } from '../assets/StockCard.tsx';
import { TrendCard } from '../assets/TrendCard.tsx';
import { WhyCard } from '../assets/WhyCard.tsx';
import { FastCards } from './FastCards.tsx';
import { FreshCard } from './FreshCard.tsx';
import { Headline } from './Headline.tsx';

const FirstData = lazy(() => import('./FirstData.tsx').then((m) => ({ default: m.FirstData })));

/** What an operator opens in the morning: how the brand's consumers stand, what changed, and why. */
export function HomePage() {
  const { home: t, shell } = useText();
  const format = useFormat();
  const { lastDay, rules } = useDataState();
  const [period, setPeriod] = usePeriod();
  const drawn = useDrawn();
  const demo = useDemoJob();
  if (lastDay === null || demo !== undefined)
    return (
      <Page title={shell.pages.home}>
        <Suspense fallback={<Waiting />}>
          <FirstData running={demo} />
        </Suspense>
      </Page>
    );
  return (
    <Page
      title={shell.pages.home}
      lead={t.lead(period.from, period.to, format.count(lengthOf(period)), rules)}
      tools={<PeriodPicker value={period} onChange={setPeriod} />}
    >
      <Headline period={period} />
      <div className="qc-grid">
        <FastCards period={period} />
        {drawn ? <BelowFast period={period} /> : null}
      </div>
    </Page>
  );
}

/** Stock, flow, reasons, freshness and trend of the period. */
function BelowFast({ period }: { readonly period: Period }) {
  const explained = useShelfEntry('aipl-moves') !== undefined;
  const more = `/consumer-assets?${new URLSearchParams({ tab: 'moves', ...period })}`;
  return (
    <>
      <StockCard params={{ on: period.to }} className="qc-third" />
      <FlowCard params={{ ...period }} height={300} className="qc-two-thirds" />
      {explained ? <WhyCard params={{ ...period }} more={more} className="qc-two-thirds" /> : null}
      <FreshCard className={explained ? 'qc-third' : ''} />
      <TrendCard params={{ ...period }} height={280} />
    </>
  );
}
