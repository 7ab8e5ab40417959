import { join } from 'node:path';

/** Servers that are the shards of one cluster, by their addresses on loopback. */
export interface ClusterPlan {
  readonly cluster: string;
  readonly secret: string;
  readonly shards: ReadonlyArray<{ readonly host: string; readonly tcp: number }>;
}

/** Note: the boot query enters as `default` without a password, so that user may do nothing but let the server listen. */
export const usersXml = (user: string, password: string, host: string): string => `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password/>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT SELECT ON system.numbers</query>
        <query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
      </grants>
    </default>
    <${user}>
      <password>${password}</password>
      <networks><ip>127.0.0.0/8</ip><ip>${host}/24</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
    </${user}>
  </users>
</clickhouse>`;

/** Small caches and pools: several of these servers share the machine with the tests. */
export const configXml = (
  folder: string,
  { host, http, tcp }: { host: string; http: number; tcp: number },
  plan?: ClusterPlan,
): string =>
  `<clickhouse>
  <listen_host>${host}</listen_host>
  <http_port>${http}</http_port>
  <tcp_port>${tcp}</tcp_port>
  <users_config>${join(folder, 'users.xml')}</users_config>
  <logger><level>none</level></logger>
  <mark_cache_size>67108864</mark_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  ${plan ? remoteServers(plan) : ''}
</clickhouse>`;

function remoteServers({ cluster, secret, shards }: ClusterPlan): string {
  const each = shards.map(
    ({ host, tcp }) => `<shard><replica><host>${host}</host><port>${tcp}</port></replica></shard>`,
  );
  return `<remote_servers><${cluster}><secret>${secret}</secret>${each.join('')}</${cluster}></remote_servers>`;
}
