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
  const given = urls.split(',').map((url) => url.trim());
  const first = open(given[0] ?? '');
  const opened = [first];
  try {
    const members = await membersSeenBy(first, cluster);
    for (const url of given.length > 1 ? given.slice(1) : othersOf(given[0] ?? '', members)) opened.push(open(url));
    const nodes: ClusterNode[] = [];
    for (const [index, server] of opened.entries())
      nodes.push({ server, shard: given.length > 1 || index === 0 ? await shardOf(server, cluster) : 0 });
    const numbered = given.length > 1 ? nodes : numberedBy(nodes, members);
    checkWhole(cluster, members, numbered);
    return numbered.toSorted((a, b) => a.shard - b.shard);
  } catch (error) {
    await Promise.all(opened.map((server) => server.close()));
    throw error;
  }
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

/** Addresses of the members but the one that was asked: their hosts, at its port. */
function othersOf(url: string, members: readonly Member[]): string[] {
  return members.filter(({ own }) => own === 0).map(({ host }) => Object.assign(new URL(url), { hostname: host }).href);
}

function numberedBy([first, ...rest]: readonly ClusterNode[], members: readonly Member[]): ClusterNode[] {
  const others = members.filter(({ own }) => own === 0);
  return [...(first ? [first] : []), ...rest.map((node, i) => ({ ...node, shard: others[i]?.shard ?? 0 }))];
}

/** The number of the shard that a server is. */
async function shardOf(server: ServerWarehouse, cluster: string): Promise<number> {
  const own = (await membersSeenBy(server, cluster)).find((member) => member.own === 1);
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
