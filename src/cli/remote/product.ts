import { resolve } from 'node:path';
import { z } from 'zod';
import { analyses } from '../../analyses/index.ts';
import { answer, cost, dataState, explained, people } from '../../api/analyses.ts';
import {
  audience,
  audienceCount,
  audienceDay,
  audienceDecay,
  audienceShown,
  type MemberIdentifier,
  memberPage,
  ruleExplained,
} from '../../api/audiences.ts';
import { backup } from '../../api/backups.ts';
import { pageOf } from '../../api/common.ts';
import { consumer } from '../../api/consumers.ts';
import { cityTierTable, crowdTaxonomy, crowdTaxonomyEntry } from '../../api/crowds.ts';
import { importEntry, reject } from '../../api/data.ts';
import { cut, cutPreview, linkReport } from '../../api/links.ts';
import { liveSource, sourceMade } from '../../api/live.ts';
import { ruleSetEntry } from '../../api/rules.ts';
import { apiKeyMade, session } from '../../api/session.ts';
import { suppression } from '../../api/suppressions.ts';
import { demoPeriod } from '../../app/demo.ts';
import type { Door } from '../../app/door.ts';
import type { ImportReport } from '../../app/reports.ts';
import { ConflictError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { ruleSet } from '../../model/rules/ruleSet.ts';
import type { DemoReport, Product, ReplayOptions, Row, Undone } from '../product.ts';
import { type Client, clientOf } from './client.ts';
import { remoteGrow } from './grow.ts';
import { remotePushing } from './pushing.ts';

const peoplePage = 100_000;
const listPage = 1000;

/** The home as the server that holds it gives it: the same commands, the same answers. */
export async function remoteProduct(door: Door): Promise<Product> {
  const client = clientOf(door);
  const { workspace } = await client.get('/api/session', session);
  return {
    analyses,
    config: workspace,
    importPath: async (path, { mapping, ...options }, watch) =>
      (await client.work(
        'POST',
        '/api/imports',
        { ...options, path: resolve(path), mapping_file: placeOf(mapping) },
        watch,
      )) as ImportReport,
    undoImport: async (id, watch) => (await client.work('DELETE', `/api/imports/${id}`, undefined, watch)) as Undone,
    imports: async () => (await allPages(client, '/api/imports', importEntry)).reverse(),
    rejects: async ({ limit = listPage, ...filter }) => {
      const query = new URLSearchParams(
        Object.entries({ ...filter, limit }).map(([key, value]): [string, string] => [key, String(value)]),
      );
      return client.get(`/api/rejects?${query}`, z.object({ items: z.array(reject) })).then(({ items }) => items);
    },
    replayRejects: async (options, watch) =>
      (await client.work('POST', '/api/rejects/replay', replayBody(options), watch)) as ImportReport,
    consumer: (identifier) => client.send('POST', '/api/consumers/search', { identifier }, consumer),
    explainLink: (identifier, to) =>
      client.send('POST', '/api/links/why', { identifier, ...(to === undefined ? {} : { to }) }, linkReport),
    cuts: () => client.get('/api/links/cuts', z.array(cut)),
    previewCut: (asked) => client.send('POST', '/api/links/cuts/preview', asked, cutPreview),
    cutLink: (asked) => client.send('POST', '/api/links/cuts', asked, cut),
    liftCut: (id) => client.send('DELETE', `/api/links/cuts/${id}`, undefined, cut),
    rules: async () => {
      const rows = await client.get('/api/rules', z.array(ruleSetEntry));
      return rows.map(
        ({ key: _key, createdAt: _at, stages, ...row }): Row => ({
          ...row,
          stages: stages.map(({ code }) => code).join(' '),
        }),
      );
    },
    ruleSet: async (key) => ruleSet.parse(await client.get(`/api/rules/${encodeURIComponent(key)}`, z.unknown())),
    adoptRules: async (key) => void (await client.send('POST', '/api/rules/adopt', { key }, z.unknown())),
    run: (id, params, watch) => client.ask(`/api/analyses/${id}`, params, answer, watch),
    people: (id, params, row) => allPeople(client, id, { params, row }),
    dataState: () => client.get('/api/data', dataState),
    explain: (id, params = {}) => client.send('POST', `/api/analyses/${id}/explain`, { params }, explained),
    cost: (id, params) => client.get(`/api/analyses/${id}/estimate?${queryOf(params)}`, cost),
    demo: async (options, watch) =>
      (await client.work('POST', '/api/demo', options, watch).catch(notLoaded)) as DemoReport,
    backup: async ({ to, withKey }, watch) => {
      const place = to.startsWith('s3://') ? to : resolve(to);
      return backup.parse(await client.work('POST', '/api/backups', { to: place, with_key: withKey }, watch));
    },
    doctor: () =>
      client.get(
        '/api/doctor',
        z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) }),
      ),
    audiences: () => client.get('/api/audiences', z.array(audience)),
    audience: async (name) => client.get(`/api/audiences/${await audienceId(client, name)}`, audienceShown),
    createAudience: (given) => client.send('POST', '/api/audiences', given, audienceShown),
    removeAudience: async (name) =>
      void (await client.send('DELETE', `/api/audiences/${await audienceId(client, name)}`, undefined, z.unknown())),
    explainRule: (asked) => client.send('POST', '/api/audiences/explain', asked, ruleExplained),
    changeAudience: (id, change) => client.send('PUT', `/api/audiences/${id}`, change, audienceShown),
    audienceHistory: (id, asked) => client.get(`/api/audiences/${id}/history?${wordsOf(asked)}`, z.array(audienceDay)),
    audienceDecay: (id, asked) => client.get(`/api/audiences/${id}/decay?${wordsOf(asked)}`, audienceDecay),
    countAudience: (asked) => client.send('POST', '/api/audiences/count', asked, audienceCount),
    crowds: () => client.get('/api/crowds', z.array(crowdTaxonomyEntry)),
    crowdTaxonomy: (key) => client.get(`/api/crowds/${encodeURIComponent(key)}`, crowdTaxonomy),
    putCrowds: (given) => client.send('POST', '/api/crowds', given, crowdTaxonomy),
    cityTiers: () => client.get('/api/city-tiers', cityTierTable),
    putCityTiers: (tiers) => client.send('PUT', '/api/city-tiers', tiers, cityTierTable),
    audienceMembers: (name, on) => allMembers(client, name, on),
    ...remoteGrow(client),
    pushing: remotePushing(client),
    suppressions: () => client.get('/api/suppressions', z.array(suppression)),
    suppress: (identifier) => client.send('POST', '/api/suppressions', { identifier }, suppression),
    unsuppress: async (id) => void (await client.send('DELETE', `/api/suppressions/${id}`, undefined, z.unknown())),
    addSource: (name) => client.send('POST', '/api/sources', { name }, sourceMade),
    sources: () => client.get('/api/sources', z.array(liveSource)),
    addKey: (name, role) => client.send('POST', '/api/keys', { name, role }, apiKeyMade),
    close: async () => {},
  };
}

/** Parameters as an address carries them. */
function queryOf(params: Row): string {
  const texts = Object.entries(params).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

async function audienceId(client: Client, name: string): Promise<number> {
  const found = (await client.get('/api/audiences', z.array(audience))).find((each) => each.name === name);
  if (!found) throw new NotFoundError('audience', say('audience.none', { name }));
  return found.id;
}

async function allMembers(client: Client, name: string, on: string | undefined): Promise<MemberIdentifier[]> {
  const path = `/api/audiences/${await audienceId(client, name)}/export`;
  const members: MemberIdentifier[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const body: object = { ...(on === undefined ? {} : { on }), limit: peoplePage, after };
    const page = await client.send('POST', path, body, memberPage);
    for (const each of page.members) members.push(each);
    after = page.next;
  }
  return members;
}

/** What `demo` answers where the server holds data already. */
function notLoaded(error: unknown): DemoReport {
  if (!(error instanceof ConflictError) || error.code !== 'demo_not_fresh') throw error;
  return { loaded: false, report: undefined, ...demoPeriod };
}

function replayBody({ from, mapping, ...options }: ReplayOptions) {
  return { ...options, mapping_file: placeOf(mapping), mended_file: placeOf(from) };
}

/** What is asked as the query of an address, without what is not given. */
const wordsOf = (asked: object) =>
  new URLSearchParams(JSON.parse(JSON.stringify(asked)) as Record<string, string>).toString(); // as: days and words only

/** A path as the server, which was started elsewhere, finds it. */
const placeOf = (path: string | undefined) => (path === undefined ? undefined : resolve(path));

async function allPages<T extends z.ZodType>(client: Client, path: string, item: T): Promise<z.output<T>[]> {
  const items: z.output<T>[] = [];
  let cursor = '';
  for (;;) {
    const page = await client.get(`${path}?limit=${listPage}${cursor}`, pageOf(item));
    items.push(...page.items);
    if (page.next === undefined) return items;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

async function allPeople(client: Client, id: string, question: object): Promise<number[]> {
  const consumers: number[] = [];
  let after = 0;
  for (;;) {
    const body = { ...question, limit: peoplePage, after };
    const page = await client.send('POST', `/api/analyses/${id}/people`, body, people);
    for (const each of page.consumers) consumers.push(each);
    if (page.next === undefined) return consumers;
    after = page.next;
  }
}
