import { admin } from './en/admin.ts';
import { analyses } from './en/analyses.ts';
import { assets } from './en/assets.ts';
import { audiences } from './en/audiences.ts';
import { behaviors } from './en/behaviors.ts';
import { consumers } from './en/consumers.ts';
import { crowds } from './en/crowds.ts';
import { data } from './en/data.ts';
import { doctor } from './en/doctor.ts';
import { growth } from './en/growth.ts';
import { home } from './en/home.ts';
import { jobs } from './en/jobs.ts';
import { live } from './en/live.ts';
import { lookalikes } from './en/lookalikes.ts';
import { pushes } from './en/pushes.ts';
import { reports } from './en/reports.ts';
import { rules } from './en/rules.ts';
import { session } from './en/session.ts';
import { shell } from './en/shell.ts';
import { suppressions } from './en/suppressions.ts';
import { ui } from './en/ui.ts';
import type { Texts } from './zh.ts';

/** Every text of the console in English. */
export const en = {
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
} satisfies Texts;
