import type { Route } from '../route.ts';
import { importRoutes } from './imports.ts';
import { mappingRoutes } from './mappings.ts';
import { rejectRoutes } from './rejects.ts';
import { uploadRoutes } from './uploads.ts';

/** How data come in: files sent and recognised, imports, what could not be taken, mappings. */
export const dataRoutes: readonly Route[] = [...uploadRoutes, ...importRoutes, ...rejectRoutes, ...mappingRoutes];
