import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { writeAudit } from '../../accounts/audit.ts';
import type {
  DestinationField,
  DestinationKind,
  DestinationMade,
  NewDestination,
  Destination as Shown,
} from '../../api/pushes.ts';
import { ConflictError, InputError, NotFoundError } from '../../base/errors.ts';
import { issueText } from '../../base/faults/issue.ts';
import { joined, say, semicolon } from '../../base/faults/say.ts';
import type { Text } from '../../base/text.ts';
import type { Destination } from '../../destinations/destination.ts';
import { destinations } from '../../destinations/index.ts';
import { seal, unseal } from '../../intake/seal.ts';
import type { Registry } from '../../registry/registry.ts';
import { checkAddress } from './outside.ts';

/** What the books of destinations need. */
export interface Places {
  readonly registry: Registry;
  /** Seals secrets; hex. */
  readonly key: string;
  readonly allow: readonly string[];
}

type Settings = Readonly<Record<string, string>>;

interface Stored extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly settings: Settings;
  readonly secrets: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly pushes: number;
}

const columns = `d.id, d.name, d.kind, d.settings, d.secrets, d.created_at AS "createdAt", d.created_by AS "createdBy",
  (SELECT count(*)::int FROM push WHERE destination_id = d.id) AS pushes`;

/** Every kind of destination, for forms. */
export function destinationKinds(): DestinationKind[] {
  return destinations.map(({ id, title, about, settings, fields, identifiers, batch, make }) => ({
    ...{ id, title, about, batch },
    fields: Object.entries(fields).map(([name, field]): DestinationField => {
      const { title: called, secret = false, choices } = field;
      const isMade = Object.hasOwn(make?.(() => '') ?? {}, name);
      const isOptional = isMade || (settings.shape[name]?.safeParse(undefined).success ?? false);
      return { name, title: called, secret, required: !isOptional, ...(choices ? { choices: [...choices] } : {}) };
    }),
    identifiers: identifiers.map(({ type, form }) => `${type}:${form}`),
  }));
}

export function kindOf(id: string): Destination {
  const found = destinations.find((each) => each.id === id);
  if (found) return found;
  throw new InputError(
    'destination_kind',
    say('push.kind', { kind: id, known: destinations.map((each) => each.id).join(', ') }),
  );
}

/** Settings as the schema of the kind reads them; faults name the setting and never its value. */
function settingsOf(kind: Destination, given: Settings): Settings {
  const isEmpty = (value: string) => value.trim() === '';
  const some = Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value)));
  const made = kind.make?.((bytes) => randomBytes(bytes).toString('base64url')) ?? {};
  const result = kind.settings.safeParse({ ...made, ...some });
  if (result.success) return result.data as Settings; // as: every setting is a text
  throw new InputError(
    'destination_settings',
    say('push.settings', { kind: { zh: kind.title.zh, en: kind.id }, faults: faultsOf(kind, result.error) }),
  );
}

/** Every fault with the setting's own title. */
function faultsOf({ fields }: Destination, { issues }: z.ZodError): Text {
  const faults = issues.map((issue) => {
    const name = issue.path.join('.');
    const place = fields[name]?.title.zh ?? name;
    return name === '' ? issueText(issue) : say('fault.at', { place: { zh: place, en: name }, what: issueText(issue) });
  });
  return joined(faults, semicolon);
}

export async function addDestination(places: Places, given: NewDestination, actor: string): Promise<DestinationMade> {
  const { registry, key, allow } = places;
  const kind = kindOf(given.kind);
  const settings = settingsOf(kind, given.settings ?? {});
  const address = kind.address?.(settings);
  if (address !== undefined) checkAddress(address, allow);
  const isSecret = (name: string) => kind.fields[name]?.secret === true;
  const open = Object.fromEntries(Object.entries(settings).filter(([name]) => !isSecret(name)));
  const secrets = Object.fromEntries(Object.entries(settings).filter(([name]) => isSecret(name)));
  const sealed = Object.keys(secrets).length === 0 ? null : seal(JSON.stringify(secrets), key);
  const [row] = await registry.rows<{ id: number }>(
    `INSERT INTO destination (name, kind, settings, secrets, created_by) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (name) DO NOTHING RETURNING id`,
    [given.name, kind.id, open, sealed, actor],
  );
  if (!row) throw new ConflictError('destination_name', say('push.placeName', { name: given.name }));
  await writeAudit(registry, actor, 'destination.add', { id: row.id, kind: kind.id });
  const made = Object.entries(secrets).filter(([name]) => (given.settings?.[name] ?? '').trim() === '');
  return { destination: shown(await stored(registry, row.id), key), made: Object.fromEntries(made) };
}

export async function listDestinations({ registry, key }: Places): Promise<Shown[]> {
  const rows = await registry.rows<Stored>(`SELECT ${columns} FROM destination d ORDER BY d.name`);
  return rows.map((row) => shown(row, key));
}

/** Forgets a destination; one that a push goes to stays. */
export async function removeDestination({ registry }: Places, which: string | number, actor: string): Promise<void> {
  const { id, name, pushes } = await stored(registry, which);
  if (pushes > 0) throw new ConflictError('destination_used', say('push.placeUsed', { name, pushes }));
  await registry.rows('DELETE FROM destination WHERE id = $1', [id]);
  await writeAudit(registry, actor, 'destination.remove', { id });
}

/** A destination with its secrets opened, for a delivery. */
export async function openedDestination({ registry, key }: Places, which: string | number) {
  const { id, kind, settings, secrets } = await stored(registry, which);
  const opened = secrets === null ? {} : (JSON.parse(unseal(secrets, key)) as Settings);
  return { id, kind: kindOf(kind), settings: { ...settings, ...opened } };
}

async function stored(registry: Registry, which: string | number): Promise<Stored> {
  const by = typeof which === 'number' ? 'd.id' : 'd.name';
  const [row] = await registry.rows<Stored>(`SELECT ${columns} FROM destination d WHERE ${by} = $1`, [which]);
  if (!row) throw new NotFoundError('destination', say('push.place', { name: String(which) }));
  return row;
}

/** Without the query of addresses, which may hold a secret. */
function shown({ id, name, kind, settings, secrets, pushes, createdAt, createdBy }: Stored, key: string): Shown {
  const bare = (value: string) => (URL.canParse(value) ? (value.split('?')[0] ?? value) : value);
  return {
    ...{ id, name, kind, pushes },
    settings: Object.fromEntries(Object.entries(settings).map(([setting, value]) => [setting, bare(value)])),
    secrets: secrets === null ? [] : Object.keys(JSON.parse(unseal(secrets, key)) as Settings),
    created_at: createdAt,
    created_by: createdBy,
  };
}
