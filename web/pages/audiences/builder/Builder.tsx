import { App, Drawer } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useDataState } from '../../../data/answers.ts';
import { useText } from '../../../text/useText.ts';
import { DayPicker } from '../../../ui/form/PeriodPicker.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useStages } from '../../../ui/useStages.ts';
import { useUrlState } from '../../../url/urlState.ts';
import { useLastDay } from '../../../url/usePeriod.ts';
import '../audiences.css';
import { type Build, BuildContext } from './build.ts';
import { CompareDraft } from './CompareDraft.tsx';
import { GroupBox } from './GroupBox.tsx';
import { RuleText } from './RuleText.tsx';
import { Summary } from './Summary.tsx';
import { Templates } from './Templates.tsx';
import { Toolbar } from './Toolbar.tsx';
import { inserted, type RuleData, rootOf, ruleOf, treeOf } from './tree.ts';
import { useCounted } from './useCounted.ts';
import { useDraft } from './useDraft.ts';
import { useHash } from './useHash.ts';
import { usePasting } from './usePasting.ts';

interface BuilderProps {
  /** The rule to begin with. */
  readonly rule: RuleData;
  /** The audience whose rule is changed; absent for one that is yet to be. */
  readonly of?: { readonly id: number; readonly name: string };
  /** The day the audience is fixed on, if it is. */
  readonly fixedOn?: string | null;
}

type Panel = 'templates' | 'text' | 'compare';

/** Builds a rule: groups and conditions that are moved by hand, counted as they change. */
export function Builder({ rule, of, fixedOn }: BuilderProps) {
  const t = useText();
  const b = t.audiences.build;
  const { modal } = App.useApp();
  const last = useLastDay();
  const [{ on }, setDay] = useUrlState({ on: fixedOn ?? last });
  const draft = useDraft(rule);
  const { root, change } = draft;
  const written = useMemo(() => ruleOf(root), [root]);
  const [panel, setPanel] = useState<Panel>();
  const counted = useCounted(root, on);
  const { consumers: everybody } = useDataState();
  const build = useBuilding(root, change, counted, on);
  useHash(written, rule, (next) => change(rootOf(next)));
  usePasting((next) => change(inserted(root, root.id, root.parts.length, treeOf(next))));
  const replace = (next: RuleData) => {
    change(rootOf(next));
    setPanel(undefined);
  };
  const pick = (next: RuleData) => {
    if (root.parts.length === 0) replace(next);
    else
      modal.confirm({
        title: t.audiences.templates.replace,
        okText: t.audiences.templates.use,
        cancelText: t.ui.cancel,
        onOk: () => replace(next),
      });
  };
  const close = () => setPanel(undefined);
  return (
    <Page
      title={of ? b.editing(of.name) : b.title}
      lead={b.lead}
      tools={<DayPicker label={b.on} value={on} onChange={(day) => setDay({ on: day })} />}
    >
      <Toolbar
        draft={draft}
        rule={written}
        of={of}
        on={on}
        standardOn={fixedOn ?? last}
        isFaulty={counted.isFaulty}
        onPanel={setPanel}
      />
      <Summary {...counted} faults={counted.faults.rest} everybody={everybody} />
      <BuildContext value={build}>
        <GroupBox group={root} isRoot />
      </BuildContext>
      {root.parts.length === 0 && !of ? <Templates onPick={({ rule: next }) => replace(next)} /> : null}
      {panel === 'text' ? <RuleText rule={written} onApply={replace} onClose={close} /> : null}
      {panel === 'compare' ? <CompareDraft draft={written} of={of} on={on} onClose={close} /> : null}
      <Drawer
        open={panel === 'templates'}
        onClose={close}
        size={Math.min(720, window.innerWidth)}
        title={t.audiences.templates.title}
        closable={{ 'aria-label': t.ui.close }}
        destroyOnHidden
      >
        <Templates onPick={({ rule: next }) => pick(next)} />
      </Drawer>
    </Page>
  );
}

/** What the parts of the rule need to know. */
function useBuilding(
  root: Build['root'],
  change: Build['change'],
  { figures, sentences, faults, isStale }: ReturnType<typeof useCounted>,
  on: string,
): Build {
  const [dragged, drag] = useState<number>();
  const handled = useRef<number | undefined>(undefined);
  const { codes } = useStages();
  const { consumers: everybody } = useDataState();
  const last = useLastDay();
  return useMemo(
    () => ({
      root,
      change,
      figures,
      sentences,
      faults: faults.byNode,
      isStale,
      everybody,
      beginning: { on: on < last ? on : last, stages: codes },
      dragged,
      drag,
      handled,
    }),
    [root, change, figures, sentences, faults, isStale, everybody, on, last, codes, dragged],
  );
}
