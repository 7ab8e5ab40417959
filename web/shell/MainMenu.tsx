import {
  ApartmentOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  DatabaseOutlined,
  DeploymentUnitOutlined,
  ExpandAltOutlined,
  FileTextOutlined,
  FilterOutlined,
  HomeOutlined,
  PieChartOutlined,
  ReloadOutlined,
  RiseOutlined,
  ScheduleOutlined,
  SendOutlined,
  SettingOutlined,
  SlidersOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Menu, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useCan } from '../data/session.ts';
import { type AreaId, type PageEntry, pages } from '../pages.ts';
import { useText } from '../text/useText.ts';
import { pageAt } from './pageAt.ts';

const icons: Readonly<Record<string, ReactNode>> = {
  home: <HomeOutlined />,
  assets: <TeamOutlined />,
  grow: <RiseOutlined />,
  rfm: <PieChartOutlined />,
  repurchase: <ReloadOutlined />,
  retention: <AppstoreOutlined />,
  analyses: <BarChartOutlined />,
  consumers: <UserOutlined />,
  audiences: <FilterOutlined />,
  pushes: <SendOutlined />,
  lookalikes: <ExpandAltOutlined />,
  crowds: <DeploymentUnitOutlined />,
  data: <DatabaseOutlined />,
  rules: <SlidersOutlined />,
  reports: <FileTextOutlined />,
  jobs: <ScheduleOutlined />,
  admin: <SettingOutlined />,
  other: <ApartmentOutlined />,
};

type Item = NonNullable<MenuProps['items']>[number];

/** Pages somebody may see, in order, those of an area gathered where its first one stands. */
function groupsOf(shown: readonly PageEntry[]): { area?: AreaId; entries: PageEntry[] }[] {
  const groups: { area?: AreaId; entries: PageEntry[] }[] = [];
  for (const entry of shown) {
    const group = entry.area && groups.find((each) => each.area === entry.area);
    if (group) group.entries.push(entry);
    else groups.push({ ...(entry.area ? { area: entry.area } : {}), entries: [entry] });
  }
  return groups;
}

export function MainMenu({ folded }: { readonly folded: boolean }) {
  const t = useText().shell;
  const can = useCan();
  const [path] = useLocation();
  const here = pageAt(path);
  const shown = pages.filter((entry) => !entry.offMenu && can(entry.permission));
  const leaf = (entry: PageEntry): Item => ({
    key: entry.id,
    icon: entry.area ? undefined : (icons[entry.id] ?? icons.other),
    label: <Link href={entry.path}>{t.pages[entry.id]}</Link>,
    title: t.pages[entry.id],
  });
  const items = groupsOf(shown).flatMap(({ area, entries }): Item[] => {
    if (!area) return entries.map(leaf);
    return [{ key: area, icon: icons[area], label: t.areas[area], children: entries.map(leaf) }];
  });
  const opened = folded ? {} : { defaultOpenKeys: ['data', 'admin'] };
  return (
    <nav aria-label={t.menu}>
      <Menu
        aria-label={t.menu}
        mode="inline"
        inlineCollapsed={folded}
        items={items}
        selectedKeys={here ? [menuKeyOf(here)] : []}
        style={{ borderInlineEnd: 0 }}
        {...opened}
      />
    </nav>
  );
}

/** A page that stands in no menu is told by the one it is reached from. */
function menuKeyOf(entry: PageEntry): string {
  if (entry.id === 'analysis') return 'analyses';
  if (entry.id === 'consumer') return 'consumers';
  if (['audience', 'newAudience', 'editAudience'].includes(entry.id)) return 'audiences';
  return entry.id;
}
