import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.ts';
import { type TestServer, whenReady } from './ready.ts';

const child = fileURLToPath(new URL('clickhouse-child.mjs', import.meta.url));
const user = 'qiancheng';
const database = 'qiancheng';
const startMs = 30_000;

/** Note: the boot query enters as `default` without a password, so that user may do nothing but let the server listen. */
const usersXml = (password: string) => `<clickhouse>
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
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
    </${user}>
  </users>
</clickhouse>`;

const configXml = (folder: string, http: number, tcp: number) => `<clickhouse>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${http}</http_port>
  <tcp_port>${tcp}</tcp_port>
  <users_config>${join(folder, 'users.xml')}</users_config>
  <logger><level>none</level></logger>
  <mark_cache_size>67108864</mark_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
</clickhouse>`;

function run(folder: string): { process: ChildProcess; ended(): string | undefined } {
  const server = fork(child, [folder], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let said = '';
  let end: string | undefined;
  server.stderr?.on('data', (text) => {
    said += text;
  });
  server.once('exit', (code, signal) => {
    end = `it ended with ${signal ?? code}. ${said.trim()}`;
  });
  return { process: server, ended: () => end };
}

async function ask(base: string, password: string, query: string): Promise<void> {
  const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
  const answer = await fetch(base, { method: 'POST', headers, body: query });
  if (!answer.ok) throw new Error(`ClickHouse: ${await answer.text()}`);
}

/** A ClickHouse server on loopback, empty, with a user of its own; it ends with `stop` or with this process. */
export async function startClickHouse(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-clickhouse-'));
  const password = randomBytes(12).toString('hex');
  const [http, tcp] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'users.xml'), usersXml(password));
  writeFileSync(join(folder, 'config.xml'), configXml(folder, http, tcp));

  const server = run(folder);
  const stop = async () => {
    if (server.ended() === undefined) {
      const exit = once(server.process, 'exit');
      server.process.kill('SIGKILL');
      await exit;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${http}`;
  try {
    const answers = async () => (await fetch(`${base}/ping`)).ok;
    await whenReady({ name: 'ClickHouse', withinMs: startMs, answers, ended: server.ended });
    await ask(base, password, `CREATE DATABASE ${database} ENGINE = Atomic`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://${user}:${password}@127.0.0.1:${http}/${database}`, stop };
}
