import { InputError } from '../base/errors.ts';
import type { ServerWarehouse } from './server.ts';
import { sql } from './sql.ts';

/** Opens a server of the cluster. */
type Open = (url: string) => ServerWarehouse;

/** A server of a cluster and the number of its shard. */
export interface ClusterNode {
  readonly shard: number;
  readonly server: ServerWarehouse;
}

interface Member {
  readonly shard: number;
  readonly replica: number;
  readonly host: string;
  readonly own: number;
}

/** One server of every shard, by shard. */
export async function nodesOf(urls: string, cluster: string, open: Open): Promise<ClusterNode[]> {
  const opened: ServerWarehouse[] = [];
  const opening = (url: string) => {
    const server = open(url);
    opened.push(server);
    return server;
  };
  const [one = '', ...others] = urls.split(',').map((url) => url.trim());
  try {
    const first = opening(one);
    const members = await membersSeenBy(first, cluster);
    const rest =
      others.length > 0
        ? await Promise.all(others.map((url) => nodeItself(opening(url), cluster)))
        : strangers(members).map(({ host, shard }) => ({ shard, server: opening(atHost(one, host)) }));
    const nodes = [{ server: first, shard: ownShard(first, members, cluster) }, ...rest];
    checkWhole(cluster, members, nodes);
    return nodes.toSorted((a, b) => a.shard - b.shard);
  } catch (error) {
    await Promise.all(opened.map((server) => server.close()));
    throw error;
  }
}

/** Members that the one who was asked does not take for itself. */
const strangers = (members: readonly Member[]): Member[] => members.filter(({ own }) => own === 0);

/** The same address at another host. */
const atHost = (url: string, host: string): string => Object.assign(new URL(url), { hostname: host }).href;

async function nodeItself(server: ServerWarehouse, cluster: string): Promise<ClusterNode> {
  return { server, shard: ownShard(server, await membersSeenBy(server, cluster), cluster) };
}

async function membersSeenBy(server: ServerWarehouse, cluster: string): Promise<Member[]> {
  const members = await server.rows<Member & Record<string, unknown>>(
    sql`SELECT shard_num AS shard, replica_num AS replica, host_name AS host, is_local AS own
      FROM system.clusters WHERE cluster = ${cluster} ORDER BY shard, replica`,
  );
  if (members.length === 0)
    throw new InputError(
      'cluster',
      `${server.host} knows no cluster called ${cluster}: correct clickhouse_cluster, or that server's remote_servers.`,
    );
  const replicas = Math.max(...members.map(({ replica }) => replica));
  if (replicas > 1)
    throw new InputError(
      'cluster_replicas',
      `The cluster ${cluster} has ${replicas} replicas a shard, and this program cannot keep replicas alike yet: name a cluster of one replica a shard.`,
    );
  return members;
}

/** The number of the shard that a server is: the one it takes for itself, else the one of its name. */
function ownShard(server: ServerWarehouse, members: readonly Member[], cluster: string): number {
  const [named, ...more] = members.filter(({ host }) => host === server.hostname);
  const own = members.find((member) => member.own === 1) ?? (more.length === 0 ? named : undefined);
  if (own) return own.shard;
  throw new InputError(
    'cluster',
    `${server.host} knows the cluster ${cluster} and is not in it: name servers of the cluster in clickhouse_url.`,
  );
}

function checkWhole(cluster: string, members: readonly Member[], nodes: readonly ClusterNode[]): void {
  const shards = (list: ReadonlyArray<{ shard: number }>) =>
    list
      .map(({ shard }) => shard)
      .toSorted((a, b) => a - b)
      .join(', ');
  if (shards(members) !== shards(nodes))
    throw new InputError(
      'cluster',
      `The cluster ${cluster} has the shards ${shards(members)}, and clickhouse_url names ${shards(nodes)}: name one server of each, or one in all.`,
    );
}
