import type { Text } from '../base/text.ts';
import { type Books, booksFound } from './doctorBooks.ts';
import { clockFound } from './doctorClock.ts';
import {
  asideFound,
  fullFound,
  leftoversFound,
  partsFound,
  readRegistry,
  shapeFound,
  versionsFound,
} from './doctorEngines.ts';
import { type Finding, found } from './doctorFinding.ts';
import { diskFound, type Machine, memoryFound, nodeFound, thisMachine } from './doctorMachine.ts';
import type { Installation } from './installation.ts';

/** One thing of an installation that was looked at: whether it is as it should be, and what was found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** The finding in English. */
  readonly detail: string;
  readonly text: Text;
}

const kinds: Readonly<Record<string, string>> = { embedded: '内置', server: '独立服务器', cluster: '集群' };

/** Makes a check of what was looked for: one that cannot be made finds that, and the others are made all the same. */
export async function seen(name: string, look: () => Promise<Finding> | Finding): Promise<Check> {
  const { ok, text } = await found(look);
  return { name, ok, detail: text.en, text };
}

/** What is looked at of the machine, whether the stores open or not. */
export const machineChecks = (machine: Machine, dir: string): Promise<Check[]> =>
  Promise.all([
    seen('node', () => nodeFound(machine)),
    seen('disk', () => diskFound(machine, dir)),
    seen('memory', () => memoryFound(machine)),
  ]);

/** Looks an installation over: what runs, what it holds, and whether its books balance. */
export async function examine(installation: Installation, machine = thisMachine): Promise<Check[]> {
  return [
    ...(await machineChecks(machine, installation.home.dir)),
    await seen('warehouse', () => warehouseFound(installation)),
    await seen('registry', () => registryFound(installation)),
    await seen('schema', () => shapeFound(installation)),
    await seen('clock', () => clockFound(installation, machine)),
    await seen('parts', () => partsFound(installation)),
    await seen('leftovers', () => leftoversFound(installation)),
    await seen('aside', () => asideFound(installation)),
    ...(await booksLooked(installation)),
  ];
}

/** The books can only be held against facts that answer. */
async function booksLooked(installation: Installation): Promise<Check[]> {
  let books: Books | undefined;
  const looked = await seen('facts', async () => {
    books = await booksFound(installation);
    return books.facts;
  });
  if (!books) return [looked];
  const { balance, cutShort } = books;
  return [await seen('books', () => balance), looked, await seen('imports', () => cutShort)];
}

async function warehouseFound(installation: Installation): Promise<Finding> {
  const { kind, holders } = installation.context.warehouse;
  const { version, ...versions } = await versionsFound(holders);
  const { ok, text } = versions.ok && kind !== 'embedded' ? await fullFound(holders) : versions;
  const engine = engineText(kind, `ClickHouse ${version}`);
  if (!ok) return { ok, text: { zh: `${engine.zh}；${text.zh}`, en: `${engine.en}; ${text.en}` } };
  const shards =
    kind === 'cluster' ? { zh: `，${holders.length} 个分片`, en: `, ${holders.length} shards` } : undefined;
  return { ok, text: { zh: engine.zh + (shards?.zh ?? ''), en: engine.en + (shards?.en ?? '') } };
}

async function registryFound({ context: { registry } }: Installation): Promise<Finding> {
  const [row] = await registry.rows<{ version: string }>('SELECT version() AS version');
  await readRegistry(registry);
  const version = String(row?.version.split(' ').slice(0, 2).join(' '));
  return { ok: row !== undefined, text: engineText(registry.kind, version) };
}

function engineText(kind: string, version: string): Text {
  return { zh: `${kinds[kind] ?? kind}，${version}`, en: `${kind}, ${version}` };
}
