import type { RegistryPlace } from '../registry/open.ts';
import type { WarehousePlace } from '../warehouse/open.ts';
import type { Config } from './config.ts';

/** Which stores a configuration names: servers, or folders of the home. */
export interface Places {
  readonly warehouse: WarehousePlace;
  readonly registry: RegistryPlace;
}

/** Where a home's configuration says that its stores are. */
export function placesOf(
  dir: string,
  config: Pick<Config, 'clickhouse_url' | 'clickhouse_cluster' | 'postgres_url'>,
): Places {
  const { clickhouse_url: url, clickhouse_cluster: cluster, postgres_url: registry } = config;
  return {
    warehouse: warehousePlace(dir, url, cluster),
    registry: registry === undefined ? { kind: 'embedded', dir: `${dir}/registry` } : { kind: 'server', url: registry },
  };
}

function warehousePlace(dir: string, url: string | undefined, cluster: string | undefined): WarehousePlace {
  if (url === undefined) return { kind: 'embedded', dir: `${dir}/warehouse` };
  return cluster === undefined ? { kind: 'server', url } : { kind: 'cluster', url, cluster };
}
