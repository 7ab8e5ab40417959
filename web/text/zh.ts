import { admin } from './zh/admin.ts';
import { analyses } from './zh/analyses.ts';
import { assets } from './zh/assets.ts';
import { audiences } from './zh/audiences.ts';
import { behaviors } from './zh/behaviors.ts';
import { consumers } from './zh/consumers.ts';
import { crowds } from './zh/crowds.ts';
import { data } from './zh/data.ts';
import { doctor } from './zh/doctor.ts';
import { growth } from './zh/growth.ts';
import { home } from './zh/home.ts';
import { jobs } from './zh/jobs.ts';
import { live } from './zh/live.ts';
import { lookalikes } from './zh/lookalikes.ts';
import { pushes } from './zh/pushes.ts';
import { reports } from './zh/reports.ts';
import { rules } from './zh/rules.ts';
import { session } from './zh/session.ts';
import { shell } from './zh/shell.ts';
import { suppressions } from './zh/suppressions.ts';
import { ui } from './zh/ui.ts';

/** Every text of the console in Chinese; the other languages have the same shape. */
export const zh = {
  admin,
  analyses,
  assets,
  audiences,
  behaviors,

  consumers,
  crowds,
  data,
  doctor,
  growth,
  home,
  jobs,
  live,
  lookalikes,
  pushes,
  reports,
  rules,
  session,
  shell,
  suppressions,
  ui,
};
export type Texts = typeof zh;
