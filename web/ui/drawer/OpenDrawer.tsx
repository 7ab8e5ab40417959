import { Drawer, Tabs } from 'antd';
import { useShelfEntry } from '../../data/answers.ts';
import { useLocale, useSay, useText } from '../../text/useText.ts';
import { useCells } from '../answer/useCells.tsx';
import { OriginTag } from '../OriginTag.tsx';
import type { Opening } from '../opening.ts';
import { DefinitionTab } from './DefinitionTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { SqlTab } from './SqlTab.tsx';
import { VersionTab } from './VersionTab.tsx';

interface OpenDrawerProps {
  readonly opening: Opening;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onClose: () => void;
}

/** A number, opened: whom it counts, how it was asked, what it means, and of which data. */
export function OpenDrawer({ opening, tab, onTab, onClose }: OpenDrawerProps) {
  const t = useText().ui;
  const say = useSay();
  const entry = useShelfEntry(opening.analysis);
  const name = entry ? say(entry.title) : opening.analysis;
  const title = useTitle(opening, name);
  const { row } = opening;
  const items = [
    ...(row ? [{ key: 'people', label: t.drawer.people, children: <PeopleTab behind={{ ...opening, row }} /> }] : []),
    { key: 'definition', label: t.drawer.definition, children: <DefinitionTab id={opening.analysis} /> },
    { key: 'sql', label: t.drawer.sql, children: <SqlTab opening={opening} /> },
    { key: 'version', label: t.drawer.version, children: <VersionTab opening={opening} /> },
  ];
  const active = items.some((item) => item.key === tab) ? tab : 'definition';
  return (
    <Drawer
      open
      onClose={onClose}
      size={Math.min(640, window.innerWidth)}
      title={
        <div className="qc-drawer-title">
          <span>{title}</span>
          {entry ? <OriginTag origin={entry.origin} /> : null}
        </div>
      }
      closable={{ 'aria-label': t.close }}
    >
      <Tabs activeKey={active} onChange={onTab} items={items} destroyOnHidden />
    </Drawer>
  );
}

/** The label it was opened under, or in another language the words of its row. */
function useTitle({ analysis, label, lang, row }: Opening, name: string): string {
  const locale = useLocale();
  const cells = useCells();
  const columns = useShelfEntry(analysis)?.columns ?? [];
  if (label !== undefined && lang === locale) return label;
  const words = columns
    .filter(({ id, kind }) => row && (kind === 'text' || kind === 'day') && row[id] !== undefined)
    .map((column) => cells.text(column, row?.[column.id]));
  return [name, ...words].join(' · ');
}
