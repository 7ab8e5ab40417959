// Prints the configuration that makes ClickHouse servers one cluster: node make.mjs NAME HOST HOST... > cluster.xml
// One shard a host. The secret that the servers trust each other by comes from the environment of each server.
const [name, ...hosts] = process.argv.slice(2);
const word = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

if (name === undefined || hosts.length === 0 || [name, ...hosts].some((each) => !word.test(each))) {
  process.stderr.write('usage: node make.mjs NAME HOST HOST... > cluster.xml\n');
  process.exit(2);
}

const shards = hosts.map(
  (host) => `      <shard>
        <internal_replication>true</internal_replication>
        <replica>
          <host>${host}</host>
          <port>9000</port>
        </replica>
      </shard>`,
);

process.stdout.write(`<!-- Made by make.mjs: node make.mjs ${[name, ...hosts].join(' ')} -->
<clickhouse>
  <remote_servers replace="true">
    <${name}>
      <secret from_env="CLICKHOUSE_CLUSTER_SECRET"/>
${shards.join('\n')}
    </${name}>
  </remote_servers>
</clickhouse>
`);
