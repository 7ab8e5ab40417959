import { createHash } from 'node:crypto';
import { isObject, objectOf, textOf } from '../props.ts';
import type { Message } from './message-json.ts';

/** `id_<type>` cells of a row; a second identifier of a type is `id_<type>#2`. */
export type Ids = Readonly<Record<string, string>>;

/** Names (without case and separators) of a person's traits that are identifiers, and their types. */
const traitTypes: Readonly<Record<string, string>> = {
  email: 'email',
  emailaddress: 'email',
  phone: 'phone',
  phonenumber: 'phone',
  mobile: 'phone',
  mobilephone: 'phone',
  openid: 'openid',
  unionid: 'unionid',
  memberid: 'member',
  membernumber: 'member',
  memberno: 'member',
  idfa: 'idfa',
  oaid: 'oaid',
  imei: 'imei',
};

const longestId = 200;

/** An id as text; one too long to be kept is its SHA-256, so that different ones stay different. */
export function shortId(value: unknown): string {
  const text = textOf(value).trim();
  return text.length <= longestId ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Identifiers of one event, in the order they were told, each value of a type once. */
export class IdSheet {
  private readonly cells: Record<string, string> = {};

  add(type: string, value: unknown): this {
    const text = typeof value === 'object' || typeof value === 'boolean' ? '' : shortId(value);
    if (text === '') return this;
    for (let nth = 1; ; nth++) {
      const cell = nth === 1 ? `id_${type}` : `id_${type}#${nth}`;
      if (this.cells[cell] === text) return this;
      if (this.cells[cell] === undefined) {
        this.cells[cell] = text;
        return this;
      }
    }
  }

  /** The identifiers among what is said about a person. */
  traits(traits: unknown): this {
    for (const [name, value] of Object.entries(objectOf(traits))) {
      const type = traitType(name);
      if (type !== undefined) this.add(type, value);
    }
    return this;
  }

  done(): Ids {
    return this.cells;
  }
}

/** Type of the identifier that a trait of this name holds; undefined for any other trait. */
export function traitType(name: string): string | undefined {
  const key = name.replace(/[^a-zA-Z0-9]/g, '').toLowerCase();
  return Object.hasOwn(traitTypes, key) ? traitTypes[key] : undefined;
}

/** Identifier type of a name a client chose: `userId` is `user`, `E-mail` is `email`, anything else itself. */
export function idType(name: string): string {
  const key = name
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  if (key === 'userid' || key === 'user_id') return 'user';
  if (key === 'anonymousid' || key === 'anonymous_id') return 'anonymous';
  return traitType(name) ?? (key === '' ? 'other' : key.slice(0, 60));
}

/** The identifiers of a Segment-family message. A group's traits are the group's, not the person's. */
export function messageIds(message: Message): Ids {
  const context = objectOf(message.context);
  const ids = new IdSheet().add('user', message.userId).add('anonymous', message.anonymousId);
  if (message.type === 'alias') ids.add('user', message.previousId).add('anonymous', message.previousId);
  for (const merged of Array.isArray(message.mergeProperties) ? message.mergeProperties : [])
    if (isObject(merged)) ids.add(idType(textOf(merged.type)), merged.value);
  if (message.type !== 'group') ids.traits(message.traits);
  deviceIds(ids.traits(context.traits), objectOf(context.device), objectOf(context.os));
  return ids.done();
}

/** The advertising id is Apple's or Google's, by the system it comes from; all zeros is none. */
function deviceIds(ids: IdSheet, device: Message, os: Message): void {
  const apple = /ios|ipados|apple|iphone|ipad/i.test(`${textOf(device.type)} ${textOf(os.name)}`);
  const advertising = textOf(device.advertisingId);
  ids.add('device', device.id);
  if (/[^0-]/.test(advertising)) ids.add(apple ? 'idfa' : 'gaid', advertising);
  ids.traits(device);
}
