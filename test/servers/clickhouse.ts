import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClusterPlan, configXml, usersXml } from './clickhouseXml.ts';
import { freePort } from './ports.ts';
import { type TestServer, whenReady } from './ready.ts';
import { openWire, type Wire } from './wire.ts';

const child = fileURLToPath(new URL('clickhouse-child.mjs', import.meta.url));
const user = 'qiancheng';
const database = 'qiancheng';
const startMs = 60_000;
const answerMs = 15_000;

/** A ClickHouse server of a test, which can be killed and started again on what it has kept. */
export interface ClickHouseNode extends TestServer {
  /** SIGKILL; its data stay. */
  kill(): Promise<void>;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  /** True while its process lives. */
  isAlive(): boolean;
  /** True while it answers a question; one that is ending, or whose end is not told yet, does not. */
  answers(): Promise<boolean>;
  readonly pid: () => number | undefined;
}

/** A ClickHouse cluster of a test: shards without replicas, for the npm package's server has neither a Keeper nor the port that replicas fetch parts over. */
export interface ClickHouseCluster extends TestServer {
  readonly cluster: string;
  /** By shard, the first first. */
  readonly nodes: readonly ClickHouseNode[];
  /** What the second shard is reached through, then the third, and so on; none unless `wired`. */
  readonly wires: readonly Wire[];
  /**
   * Mends the wires and starts the servers again that do not answer; true where there was one. Note: of the npm package's
   * servers, one that lives may die with one that was killed.
   */
  revive(): Promise<boolean>;
  /** Does it again while a server turns out to have died with the one that was killed, and while a change is ended. */
  again<T>(work: () => Promise<T>): Promise<T>;
}

/** What a server of a cluster stands on where it is not on loopback and in the temporary folder. */
export interface Ground {
  /** The folder that its own is made in. */
  readonly disk?: string;
  /** Its address, and the program that starts another one there. */
  readonly network?: { readonly host: string; readonly enter: readonly [program: string, ...args: string[]] };
}

/** Where a server listens. */
interface Place {
  readonly host: string;
  readonly http: number;
  readonly tcp: number;
}

function run(folder: string, { network }: Ground): { process: ChildProcess; ended(): string | undefined } {
  const [program, ...args] = network?.enter ?? [];
  const through =
    program === undefined ? { execArgv: [] } : { execPath: program, execArgv: [...args, process.execPath] };
  const server = fork(child, [folder], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], ...through });
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
  const answer = await fetch(base, { method: 'POST', headers, body: query, signal: AbortSignal.timeout(answerMs) });
  if (!answer.ok) throw new Error(`ClickHouse: ${await answer.text()}`);
}

function nodeAt(place: Place, password: string, plan?: ClusterPlan, ground: Ground = {}): ClickHouseNode {
  const folder = mkdtempSync(join(ground.disk ?? tmpdir(), 'qiancheng-clickhouse-'));
  writeFileSync(join(folder, 'users.xml'), usersXml(user, password, place.host));
  writeFileSync(join(folder, 'config.xml'), configXml(folder, place, plan));
  const base = `http://${place.host}:${place.http}`;
  let server: ReturnType<typeof run> | undefined;
  const isAlive = () => server !== undefined && server.ended() === undefined;
  const kill = async () => {
    if (!server || !isAlive()) return;
    const exit = once(server.process, 'exit');
    server.process.kill('SIGKILL');
    await exit;
  };
  const answers = () =>
    ask(base, password, 'SELECT 1').then(
      () => true,
      () => false,
    );
  const start = async () => {
    const started = run(folder, ground);
    server = started;
    await whenReady({ name: 'ClickHouse', withinMs: startMs, answers, ended: started.ended });
    await ask(base, password, `CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic`);
  };
  const stop = async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://${user}:${password}@${place.host}:${place.http}/${database}`;
  return { url, start, stop, kill, isAlive, answers, pid: () => server?.process.pid };
}

async function freePorts(): Promise<{ http: number; tcp: number }> {
  return { http: await freePort(), tcp: await freePort() };
}

/** A ClickHouse server on loopback, empty, with a user of its own; it ends with `stop` or with this process. */
export async function startClickHouse(): Promise<ClickHouseNode> {
  const node = nodeAt({ host: '127.0.0.1', ...(await freePorts()) }, randomBytes(12).toString('hex'));
  await startAll([node]);
  return node;
}

/**
 * ClickHouse servers on loopback that know each other as the shards of one cluster: 127.0.0.1, 127.0.0.2... at the same
 * HTTP port, as on machines of their own. `wired`: what runs between them can be cut; `grounds`: what each stands on. Note: each needs its own TCP port, for every server takes 127.0.0.1 to be itself.
 */
export async function startClickHouseCluster(
  shards: number,
  {
    wired = false,
    grounds = [],
  }: { readonly wired?: boolean; readonly grounds?: readonly (Ground | undefined)[] } = {},
): Promise<ClickHouseCluster> {
  const password = randomBytes(12).toString('hex');
  const http = await freePort();
  const places: Place[] = [];
  for (let i = 1; i <= shards; i += 1)
    places.push({ host: grounds[i - 1]?.network?.host ?? `127.0.0.${i}`, http, tcp: await freePort() });
  const wires = wired ? await Promise.all(places.slice(1).map(({ host, tcp }) => wireTo(host, tcp))) : [];
  const reached = places.map((place, i) => ({ host: place.host, tcp: wires[i - 1]?.port ?? place.tcp }));
  const plan = { cluster: 'qiancheng', secret: randomBytes(12).toString('hex'), shards: reached };
  const nodes = places.map((each, i) => nodeAt(each, password, plan, grounds[i]));
  await startAll(nodes);
  const stop = async () => {
    await Promise.all([...nodes, ...wires.map(({ wire }) => wire)].map((each) => each.stop()));
  };
  const revive = async () => {
    for (const { wire } of wires) wire.mend();
    const answer = await Promise.all(nodes.map((node) => node.answers()));
    const fallen = nodes.filter((_, i) => !answer[i]);
    await Promise.all(fallen.map((node) => node.kill().then(() => node.start())));
    return fallen.length > 0;
  };
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const isEnding = (error as { code?: string }).code === 'facts_unfinished';
      if (!(await revive()) && !isEnding) throw error;
      return again(work);
    }
  };
  const url = nodes[0]?.url ?? '';
  return { url, cluster: plan.cluster, nodes, wires: wires.map(({ wire }) => wire), revive, again, stop };
}

async function wireTo(host: string, tcp: number): Promise<{ port: number; wire: Wire }> {
  const port = await freePort();
  return { port, wire: await openWire(host, port, tcp) };
}

async function startAll(nodes: readonly ClickHouseNode[]): Promise<void> {
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()));
    throw error;
  }
}
