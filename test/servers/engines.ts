import { startClickHouse, startClickHouseCluster } from './clickhouse.ts';

/** What config.yaml says of an engine, and its end. */
export interface Engine {
  readonly config: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

export interface EngineKind {
  /** The word that its suites' names begin with; `npm run conformance` counts by it. */
  readonly name: 'embedded' | 'server' | 'cluster';
  /** Why it cannot be tried on this machine. */
  readonly missing: string | undefined;
  open(): Promise<Engine>;
}

/** The ClickHouse server of these tests stands inside the Linux build of the npm package. */
const missing =
  process.platform === 'linux' ? undefined : 'the ClickHouse server of the npm package runs on Linux only';

/** Every engine a home may stand on. */
export const engines: readonly EngineKind[] = [
  { name: 'embedded', missing: undefined, open: async () => ({ config: {}, end: async () => {} }) },
  {
    name: 'server',
    missing,
    open: async () => {
      const { url, stop } = await startClickHouse();
      return { config: { clickhouse_url: url }, end: stop };
    },
  },
  {
    name: 'cluster',
    missing,
    open: async () => {
      const { url, cluster, stop } = await startClickHouseCluster(3);
      return { config: { clickhouse_url: url, clickhouse_cluster: cluster }, end: stop };
    },
  },
];
