import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './ports.ts';
import { type TestServer, whenReady } from './ready.ts';

const debianFolder = '/usr/lib/postgresql';
const user = 'qiancheng';
const database = 'qiancheng';
const startMs = 30_000;

/** The folder of PostgreSQL's programs, newest version first; undefined where Debian's package is not installed. */
function programs(): string | undefined {
  if (!existsSync(debianFolder)) return undefined;
  const versions = readdirSync(debianFolder).sort((left, right) => Number(right) - Number(left));
  return versions.map((version) => join(debianFolder, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** Why PostgreSQL cannot be started here, as the reason of a skip; undefined where it can. */
export function postgresMissing(): string | undefined {
  return programs() ? undefined : "PostgreSQL is not installed (Debian's package postgresql)";
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

/** A shell that ends the server, and removes its folder, when the pipe to its standard input closes. */
const guard = '"$@" & server=$!; (cat >/dev/null; kill -QUIT $server 2>/dev/null) <&3 & wait $server; rm -rf "$FOLDER"';

function serve(bin: string, folder: string, port: number, owner: Owner | undefined): ChildProcess {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = [join(bin, 'postgres'), '-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
  return spawn('sh', ['-c', `exec 3<&0; ${guard}`, 'postgres', ...server], {
    ...owner,
    cwd: folder,
    env: { PATH: process.env.PATH, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

function watch(server: ChildProcess): () => string | undefined {
  let said = '';
  let end: string | undefined;
  server.stderr?.on('data', (text) => {
    said = (said + text).slice(-2_000);
  });
  server.once('exit', (code, signal) => {
    end = `it ended with ${signal ?? code}. ${said.trim()}`;
  });
  return () => end;
}

function initialise(bin: string, folder: string, password: string, owner: Owner | undefined): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const options = [`--pwfile=${passwordFile}`, `--username=${user}`, '--auth=scram-sha-256', '--no-sync'];
  execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), '--encoding=UTF8', '--no-locale', ...options], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Runs one statement on a server, outside the registry. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A PostgreSQL server on loopback with an empty database; it ends with `stop` or with this process. */
export async function startPostgres(): Promise<TestServer> {
  const bin = programs();
  if (!bin) throw new Error(postgresMissing());
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-postgres-'));
  const password = randomBytes(12).toString('hex');
  const owner = unprivileged();
  const port = await freePort();
  const base = `postgresql://${user}:${password}@127.0.0.1:${port}`;
  try {
    initialise(bin, folder, password, owner);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const server = serve(bin, folder, port, owner);
  const ended = watch(server);
  const stop = async () => {
    if (ended() !== undefined) return;
    const exit = once(server, 'exit');
    server.stdin?.end();
    await exit;
  };
  try {
    const answers = () => onServer(`${base}/postgres`, 'select 1').then(() => true);
    await whenReady({ name: 'PostgreSQL', withinMs: startMs, answers, ended });
    await onServer(`${base}/postgres`, `create database ${database}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `${base}/${database}`, stop };
}
