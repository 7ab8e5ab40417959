import type { Route } from './route.ts';
import { accountRoutes } from './routes/accounts.ts';
import { analysisRoutes } from './routes/analyses.ts';
import { audienceLifeRoutes } from './routes/audienceLife.ts';
import { audienceRoutes } from './routes/audiences.ts';
import { backupRoutes } from './routes/backups.ts';
import { consumerRoutes } from './routes/consumers.ts';
import { crowdRoutes } from './routes/crowds.ts';
import { dataRoutes } from './routes/data.ts';
import { doctorRoutes } from './routes/doctor.ts';
import { healthRoutes } from './routes/health.ts';
import { jobRoutes } from './routes/jobs.ts';
import { linkRoutes } from './routes/links.ts';
import { liveRoutes } from './routes/live.ts';
import { lookalikeRoutes } from './routes/lookalikes.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { operationRoutes } from './routes/operations.ts';
import { pushRoutes } from './routes/pushes.ts';
import { reportRoutes } from './routes/reports.ts';
import { ruleRoutes } from './routes/rules.ts';
import { suppressionRoutes } from './routes/suppressions.ts';

/** Every route of the API, in the order of its documentation. */
export const routes: readonly Route[] = [
  ...healthRoutes(() => routes),
  ...accountRoutes,
  ...analysisRoutes,
  ...audienceLifeRoutes,
  ...audienceRoutes,
  ...crowdRoutes,
  ...lookalikeRoutes,
  ...pushRoutes,
  ...consumerRoutes,
  ...linkRoutes,
  ...dataRoutes,
  ...liveRoutes,
  ...suppressionRoutes,
  ...jobRoutes,
  ...ruleRoutes,
  ...reportRoutes,
  ...backupRoutes,
  ...doctorRoutes,
  ...operationRoutes,
  ...mcpRoutes,
];
