/** What deploy/ says of the program is true of it. Nothing here runs a container: deploy/README.md says what was run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../src/app/config.ts';
import { routes } from '../src/http/routes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, 'deploy', path), 'utf8');
const files = readdirSync(join(root, 'deploy'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath.slice(join(root, 'deploy').length + 1), entry.name));

const dockerfile = read('Dockerfile');
const unit = read('qiancheng.service');
const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly hostname?: string;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};

interface Named {
  readonly name: string;
}
interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
}
/** A part of the manifest, with what the tests look at; each kind has some of it. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Named;
  readonly data: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas: number;
    readonly selector: Selector;
    readonly podSelector: Selector;
    readonly ports: readonly { readonly targetPort: string }[];
    readonly ingress: readonly { readonly ports: unknown }[];
    readonly template: { readonly metadata: { readonly labels: unknown }; readonly spec: Pod };
    readonly volumeClaimTemplates: readonly { readonly metadata: Named }[];
  };
}
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: unknown;
  readonly containers: readonly Container[];
  readonly volumes: readonly Named[];
}
interface Container {
  readonly image: string;
  readonly ports: unknown;
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly volumeMounts: readonly Named[];
  readonly securityContext: unknown;
}
const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS() as Manifest;
});
const manifest = (kind: string): Manifest =>
  manifests.find((each) => each.kind === kind) ?? expect.fail(`There is no ${kind}.`);

/** What the program reads of the environment. */
const variables = new Set(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .flatMap((name) => readFileSync(join(root, 'src', name), 'utf8').match(/QIANCHENG_[A-Z_]*[A-Z]/g) ?? []),
);
const port = /defaultPort = (\d+);/.exec(readFileSync(join(root, 'src/cli/commands/serve.ts'), 'utf8'))?.[1] ?? '';
const options = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--help'], {
  cwd: root,
  encoding: 'utf8',
});

test.each(files)('%s names no variable that the program does not read', (file) => {
  const named = read(file).match(/QIANCHENG_[A-Z_]*[A-Z]/g) ?? [];
  expect(named.filter((name) => !variables.has(name))).toEqual([]);
});

test.each(files)('%s asks for no address of health that is not there', (file) => {
  const asked = read(file).match(/\/(health\/[a-z]+|metrics)\b/g) ?? [];
  const open = routes.filter(({ method }) => method === 'get').map(({ path }) => path);
  expect(asked.filter((path) => !open.includes(path))).toEqual([]);
});

test.each(files)('%s calls serve with options that it has', (file) => {
  const calls = [...read(file).matchAll(/["'[ ]serve\b([^\n]*)/g)].map(([, rest = '']) => rest);
  const given = calls.flatMap((rest) => rest.match(/--[a-z]+/g) ?? []);
  expect(given.filter((option) => !options.includes(`${option} `))).toEqual([]);
});

describe('the image', () => {
  test('asks for its health without a permission, runs as nobody in particular, and is told to stop by SIGTERM', () => {
    const probed = /fetch\('http:\/\/127\.0\.0\.1:(\d+)(\/[a-z/]+)'\)/.exec(dockerfile);
    expect(probed?.[1]).toBe(port);
    expect(routes.find(({ path }) => path === probed?.[2])?.permission).toBe('public');
    expect(dockerfile).toMatch(new RegExp(`^EXPOSE ${port}$`, 'm'));
    expect(dockerfile).toMatch(/^USER 10001:10001$/m);
    expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(dockerfile.indexOf('\nUSER ')).toBeLessThan(dockerfile.indexOf('\nENTRYPOINT '));
  });

  test('copies what is there, and leaves out nothing that the build needs', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, given = '']) =>
      given.split(' '),
    );
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const left = read('Dockerfile.dockerignore').split('\n');
    for (const needed of ['src', 'web', 'scripts', 'package.json', 'package-lock.json', 'qiancheng', 'tsconfig.json'])
      expect(left).not.toContain(needed);
    const kept = [...dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, given = '']) =>
      given.split(' '),
    );
    expect(kept.toSorted()).toEqual(['/src/dist', '/src/node_modules', '/src/package.json', '/src/qiancheng']);
  });
});

describe('docker-compose.yml', () => {
  const { services, volumes } = compose;
  const named = Object.entries(services);

  test('starts the product alone where no profile is given, and the cluster beside it by one', () => {
    const profiles = named.map(([name, { profiles: own = [] }]) => [name, own.join()]);
    expect(Object.fromEntries(profiles)).toEqual({
      qiancheng: '',
      'qiancheng-cluster': 'cluster',
      'clickhouse-1': 'cluster',
      'clickhouse-2': 'cluster',
      'clickhouse-3': 'cluster',
      postgres: 'cluster',
    });
  });

  test('names the image by the version, opens to this machine only, and mounts what is declared or there', () => {
    const own = named.filter(([, { build }]) => build);
    expect(own.map(([name]) => name)).toEqual(['qiancheng', 'qiancheng-cluster']);
    for (const [, service] of own) {
      expect(service.image).toBe(`qiancheng:${version}`);
      expect(service.read_only).toBe(true);
      for (const each of service.ports ?? []) expect(each).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${port}$`));
      expect(existsSync(join(root, 'deploy', service.build?.context ?? '', service.build?.dockerfile ?? ''))).toBe(
        true,
      );
    }
    const mounted = named.flatMap(([, service]) => service.volumes ?? []).map((each) => each.split(':')[0] ?? '');
    const isThere = (source: string) =>
      source.startsWith('.') ? existsSync(join(root, 'deploy', source)) : Object.hasOwn(volumes, source);
    expect(mounted.filter((source) => !isThere(source))).toEqual([]);
  });

  test('its cluster is the configuration of the servers, and what the product is told is a configuration', () => {
    const { environment = {}, depends_on: needs = {} } = services['qiancheng-cluster'] ?? {};
    const urls = (environment.QIANCHENG_CLICKHOUSE_URL ?? '').replaceAll(/\$\{\w+:-\}/g, 'secret').trim();
    const hosts = urls.split(',').map((url) => new URL(url).hostname);
    expect(hosts.map((host) => services[host]?.hostname)).toEqual(hosts);
    expect(Object.keys(needs)).toEqual([...hosts, 'postgres']);
    const made = [join(root, 'deploy/clickhouse/make.mjs'), environment.QIANCHENG_CLICKHOUSE_CLUSTER ?? '', ...hosts];
    expect(execFileSync(process.execPath, made, { encoding: 'utf8' })).toBe(read('clickhouse/cluster.xml'));
    const config = readConfig(join(root, 'nowhere'), { ...environment, QIANCHENG_CLICKHOUSE_URL: urls });
    expect(config.clickhouse_cluster).toBe('qiancheng');
  });

  test.each([[[]], [['qiancheng']], [['qiancheng', 'a host']], [['<x>', 'host']]])(
    'no configuration is made of the words %j',
    (words) => {
      const made = spawnSync(process.execPath, [join(root, 'deploy/clickhouse/make.mjs'), ...words], {
        encoding: 'utf8',
      });
      expect([made.status, made.stdout]).toEqual([2, '']);
    },
  );
});

describe('kubernetes.yaml', () => {
  const { spec } = manifest('StatefulSet');
  const pod = spec.template.spec;
  const container = pod.containers[0] ?? expect.fail('The pod has no container.');

  test('is made of these parts', () => {
    expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 ConfigMap',
      'v1 Service',
      'apps/v1 StatefulSet',
      'networking.k8s.io/v1 NetworkPolicy',
    ]);
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual(manifests.map(() => 'qiancheng'));
  });

  test('selects what it makes, one pod of it, with the image and the port of the product', () => {
    const labels = spec.template.metadata.labels;
    expect(spec.selector.matchLabels).toEqual(labels);
    expect(manifest('Service').spec.selector).toEqual(labels);
    expect(manifest('NetworkPolicy').spec.podSelector.matchLabels).toEqual(labels);
    expect(spec.replicas).toBe(1);
    expect(container.image).toBe(`qiancheng:${version}`);
    expect(container.ports).toEqual([{ name: 'http', containerPort: Number(port) }]);
    expect(manifest('Service').spec.ports[0]?.targetPort).toBe('http');
    expect(manifest('NetworkPolicy').spec.ingress[0]?.ports).toEqual([{ protocol: 'TCP', port: Number(port) }]);
  });

  test('a stop is given more time than the product takes for it', () => {
    const config = configOf(manifest('ConfigMap').data['config.yaml'] ?? '');
    const pause = Number(container.lifecycle.preStop.exec.command[1]);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(config.stop_seconds + pause + 30);
    expect(config.log).toBe('json');
  });

  test('what is mounted is there, nothing else can be written, and nothing may be more than it is', () => {
    const sources = [...pod.volumes, ...spec.volumeClaimTemplates.map(({ metadata }) => metadata)];
    const names = new Set(sources.map(({ name }) => name));
    expect(container.volumeMounts.filter(({ name }) => !names.has(name))).toEqual([]);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 });
  });
});

/** Reads a text as the config.yaml of a home. */
function configOf(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-deploy-'));
  try {
    writeFileSync(join(folder, 'config.yaml'), text);
    return readConfig(folder, {});
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('qiancheng.service', () => {
  const settings = [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
  const of = (name: string) => settings.filter(([each]) => each === name).map(([, value]) => value);

  test('writes into its own folder only, where the home is', () => {
    expect([of('ProtectSystem'), of('ReadWritePaths'), of('StateDirectory')]).toEqual([
      ['strict'],
      ['/var/lib/qiancheng'],
      ['qiancheng'],
    ]);
    expect(of('Environment')).toContain('QIANCHENG_HOME=/var/lib/qiancheng/home');
  });

  test('tells only the server to stop, and gives it more time than it takes', () => {
    expect([of('KillSignal'), of('KillMode')]).toEqual([['SIGTERM'], ['mixed']]);
    expect(Number(of('TimeoutStopSec')[0])).toBeGreaterThan(configOf('').stop_seconds + 30);
  });

  const isHere = spawnSync('systemd-analyze', ['--version']).status === 0;

  test.skipIf(!isHere)('is a unit by the word of systemd-analyze (skipped where there is none)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'qiancheng-unit-'));
    try {
      const path = join(folder, 'qiancheng.service');
      writeFileSync(path, unit.replace('/opt/qiancheng/qiancheng', process.execPath));
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
      const about = stderr.split('\n').filter((line) => line.includes('qiancheng.service'));
      expect([status, about]).toEqual([0, []]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
