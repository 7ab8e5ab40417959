import type { ComponentType } from 'react';
import type { Permission } from '../src/api/permissions.ts';
import { HomePage } from './pages/home/HomePage.tsx';
import type { Texts } from './text/zh.ts';

export type PageId = keyof Texts['shell']['pages'];
export type AreaId = keyof Texts['shell']['areas'];

/** One page of the console: the menu, the routes, the shortcuts and the guard of permissions are made from this table. */
export interface PageEntry {
  readonly id: PageId;
  readonly path: string;
  readonly permission: Permission;
  /** Heading of the menu it stands under; absent at the top level. */
  readonly area?: AreaId;
  /** Letter that leads to it after `g`. */
  readonly letter?: string;
  /** It is reached from another page only. */
  readonly offMenu?: true;
  readonly load: () => Promise<ComponentType>;
}

/** Every page, in the order of the menu. */
export const pages: readonly PageEntry[] = [
  {
    id: 'home',
    path: '/',
    permission: 'ask',
    letter: 'h',
    load: () => Promise.resolve(HomePage),
  },
  {
    id: 'assets',
    path: '/consumer-assets',
    permission: 'ask',
    letter: 'a',
    load: () => import('./pages/assets/AssetsPage.tsx').then((m) => m.AssetsPage),
  },
  {
    id: 'grow',
    path: '/grow',
    permission: 'ask',
    letter: 'g',
    load: () => import('./pages/growth/GrowPage.tsx').then((m) => m.GrowPage),
  },
  {
    id: 'rfm',
    path: '/rfm',
    permission: 'ask',
    letter: 'r',
    load: () => import('./pages/growth/RfmPage.tsx').then((m) => m.RfmPage),
  },
  {
    id: 'repurchase',
    path: '/repurchase',
    permission: 'ask',
    letter: 'p',
    load: () => import('./pages/growth/RepurchasePage.tsx').then((m) => m.RepurchasePage),
  },
  {
    id: 'retention',
    path: '/retention',
    permission: 'ask',
    letter: 't',
    load: () => import('./pages/growth/RetentionPage.tsx').then((m) => m.RetentionPage),
  },
  {
    id: 'analyses',
    path: '/analyses',
    permission: 'ask',
    letter: 'l',
    load: () => import('./pages/analyses/AnalysesPage.tsx').then((m) => m.AnalysesPage),
  },
  {
    id: 'analysis',
    path: '/analyses/:id',
    permission: 'ask',
    offMenu: true,
    load: () => import('./pages/analyses/AnalysisPage.tsx').then((m) => m.AnalysisPage),
  },
  {
    id: 'consumers',
    path: '/consumers',
    permission: 'people',
    letter: 'c',
    load: () => import('./pages/consumers/ConsumersPage.tsx').then((m) => m.ConsumersPage),
  },
  {
    id: 'consumer',
    path: '/consumers/:id',
    permission: 'people',
    offMenu: true,
    load: () => import('./pages/consumers/ConsumerPage.tsx').then((m) => m.ConsumerPage),
  },
  {
    id: 'audiences',
    path: '/audiences',
    permission: 'ask',
    letter: 'q',
    load: () => import('./pages/audiences/AudiencesPage.tsx').then((m) => m.AudiencesPage),
  },
  {
    id: 'newAudience',
    path: '/audiences/new',
    permission: 'ask',
    offMenu: true,
    load: () => import('./pages/audiences/BuilderPage.tsx').then((m) => m.NewAudiencePage),
  },
  {
    id: 'audience',
    path: '/audiences/:id',
    permission: 'ask',
    offMenu: true,
    load: () => import('./pages/audiences/AudiencePage.tsx').then((m) => m.AudiencePage),
  },
  {
    id: 'editAudience',
    path: '/audiences/:id/edit',
    permission: 'ask',
    offMenu: true,
    load: () => import('./pages/audiences/BuilderPage.tsx').then((m) => m.EditAudiencePage),
  },
  {
    id: 'pushes',
    path: '/pushes',
    permission: 'ask',
    letter: 'e',
    load: () => import('./pages/pushing/PushesPage.tsx').then((m) => m.PushesPage),
  },
  {
    id: 'lookalikes',
    path: '/lookalikes',
    permission: 'ask',
    letter: 'k',
    load: () => import('./pages/lookalikes/LookalikesPage.tsx').then((m) => m.LookalikesPage),
  },
  {
    id: 'crowds',
    path: '/crowds',
    permission: 'ask',
    letter: 'w',
    load: () => import('./pages/crowds/CrowdsPage.tsx').then((m) => m.CrowdsPage),
  },
  {
    id: 'import',
    path: '/data/import',
    permission: 'operate',
    area: 'data',
    letter: 'd',
    load: () => import('./pages/data/ImportPage.tsx').then((m) => m.ImportPage),
  },
  {
    id: 'rejects',
    path: '/data/rejects',
    permission: 'people',
    area: 'data',
    letter: 'x',
    load: () => import('./pages/data/RejectsPage.tsx').then((m) => m.RejectsPage),
  },
  {
    id: 'history',
    path: '/data/history',
    permission: 'ask',
    area: 'data',
    letter: 'i',
    load: () => import('./pages/data/HistoryPage.tsx').then((m) => m.HistoryPage),
  },
  {
    id: 'suppressions',
    path: '/data/suppressions',
    permission: 'people',
    area: 'data',
    letter: 'f',
    load: () => import('./pages/data/SuppressionsPage.tsx').then((m) => m.SuppressionsPage),
  },
  {
    id: 'live',
    path: '/data/live',
    permission: 'people',
    area: 'data',
    letter: 'v',
    load: () => import('./pages/live/LivePage.tsx').then((m) => m.LivePage),
  },
  {
    id: 'rules',
    path: '/rules',
    permission: 'ask',
    letter: 'u',
    load: () => import('./pages/rules/RulesPage.tsx').then((m) => m.RulesPage),
  },
  {
    id: 'reports',
    path: '/reports',
    permission: 'ask',
    letter: 'o',
    load: () => import('./pages/reports/ReportsPage.tsx').then((m) => m.ReportsPage),
  },
  {
    id: 'jobs',
    path: '/jobs',
    permission: 'ask',
    letter: 'j',
    load: () => import('./pages/jobs/JobsPage.tsx').then((m) => m.JobsPage),
  },
  {
    id: 'users',
    path: '/admin/users',
    permission: 'administer',
    area: 'admin',
    load: () => import('./pages/admin/UsersPage.tsx').then((m) => m.UsersPage),
  },
  {
    id: 'keys',
    path: '/admin/keys',
    permission: 'administer',
    area: 'admin',
    load: () => import('./pages/admin/KeysPage.tsx').then((m) => m.KeysPage),
  },
  {
    id: 'audit',
    path: '/admin/audit',
    permission: 'administer',
    area: 'admin',
    load: () => import('./pages/admin/AuditPage.tsx').then((m) => m.AuditPage),
  },
  {
    id: 'doctor',
    path: '/admin/doctor',
    permission: 'administer',
    area: 'admin',
    load: () => import('./pages/admin/DoctorPage.tsx').then((m) => m.DoctorPage),
  },
];

/** Addresses that pages had before, and where what stood there is found now. */
export const moved: Readonly<Record<string, string>> = { '/people': '/audiences' };
