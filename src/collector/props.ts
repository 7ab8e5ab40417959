import { writeJson } from './json.ts';

/** What an event's props may be at most; what is cut is named in the prop `truncated`. */
const most = { props: 100, name: 200, value: 8192, depth: 8, listDepth: 32 };
/** Names that the collector itself gives; a client's own prop of such a name is `<name>#2`. */
const reserved: ReadonlySet<string> = new Set(['truncated', 'original_time', 'sent_time', 'received_time']);

/**
 * Names, without case and separators, under which clients send what tells a person or a device: such values are
 * identifiers (`id_*`) or nothing, and never stand in props. Addresses of the net (IP) are kept nowhere.
 */
const personalNames: ReadonlySet<string> = new Set([
  ...['email', 'emailaddress', 'mail', 'useremail', 'hashedemail', 'sha256emailaddress'],
  ...['phone', 'phonenumber', 'mobile', 'mobilephone', 'mobilenumber', 'telephone', 'tel', 'sha256phonenumber'],
  ...['openid', 'unionid', 'idfa', 'idfv', 'oaid', 'imei', 'meid', 'androidid', 'advertisingid', 'gaid', 'deviceid'],
  ...['ip', 'ipaddress', 'useripaddress', 'clientip', 'remoteaddr', 'ipoverride', 'xforwardedfor'],
  ...['writekey', 'apikey', 'accesstoken', 'password', 'idcard', 'idnumber', 'creditcard', 'cardnumber'],
]);

/** Names met before: clients send the same ones in every event. */
const seen = new Map<string, boolean>();
const mostSeen = 5000;

/** Whether values of this name tell a person, a device or a secret: `E-mail` does. */
export function isPersonal(name: string): boolean {
  const before = seen.get(name);
  if (before !== undefined) return before;
  const personal = personalNames.has(name.replace(/[^a-zA-Z0-9]/g, '').toLowerCase());
  if (seen.size < mostSeen && name.length < 100) seen.set(name, personal);
  return personal;
}

/**
 * The props of an event from what a client sent beside the known columns: nested names joined by `.`, values as text,
 * lists as JSON, absent values (null, empty) left out, personal values dropped wherever they lie.
 * `known` are identifiers of the event: those of eight places or more and emails (others may be any number) do not stand in
 * props under another name either.
 */
export function propsOf(
  value: Readonly<Record<string, unknown>>,
  known: Iterable<string> = [],
  beside: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const sheet = new Sheet(new Set([...known].filter((each) => each.length >= 8 || each.includes('@'))));
  sheet.object('', value, 0);
  sheet.object('', beside, 0);
  return sheet.done();
}

/** Any value of JSON as a cell's text: empty for what is absent, JSON for lists and objects, no half characters. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return wellFormed(value);
  return typeof value === 'object' ? writeJson(value) : String(value);
}

/** The text with U+FFFD for each half of a character whose other half is missing. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

/** An object of JSON, or an empty one for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** At most so many UTF-16 units, never half of a character. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

class Sheet {
  private readonly known: ReadonlySet<string>;
  private readonly props: Record<string, string> = {};
  private count = 0;
  private readonly cut = new Set<string>();
  private isTooDeep = false;

  constructor(known: ReadonlySet<string>) {
    this.known = known;
  }

  object(prefix: string, value: Readonly<Record<string, unknown>>, depth: number): void {
    for (const [key, inner] of Object.entries(value)) {
      if (!hidden(key, inner)) this.add(prefix === '' ? key || '_' : `${prefix}.${key}`, inner, depth);
    }
  }

  private add(name: string, value: unknown, depth: number): void {
    if (isObject(value) && depth < most.depth) {
      this.object(name, value, depth + 1);
      return;
    }
    this.isTooDeep = false;
    const text = typeof value === 'string' ? cleanUrl(textOf(value)) : textOf(this.listed(value, depth));
    if (text !== '' && !this.known.has(text)) this.put(name, text, this.isTooDeep);
  }

  /** A list or deep object without what is personal in it; nesting without end is cut. */
  private listed(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? cleanUrl(value) : value;
    if (depth > most.listDepth) {
      this.isTooDeep = true;
      return '…';
    }
    if (Array.isArray(value))
      return value.map((inner) => this.listed(inner, depth + 1)).filter((inner) => !this.hides(inner));
    const kept = Object.entries(value).filter(([key, inner]) => !hidden(key, inner) && !this.hides(inner));
    return Object.fromEntries(kept.map(([key, inner]) => [key, this.listed(inner, depth + 1)]));
  }

  private hides(value: unknown): boolean {
    return typeof value === 'string' && this.known.has(value);
  }

  private put(path: string, text: string, isCut: boolean): void {
    const name = this.free(clipped(wellFormed(path), most.name), text);
    if (this.count >= most.props && !Object.hasOwn(this.props, name)) {
      this.cut.add(name);
      return;
    }
    if (isCut || path.length > most.name || text.length > most.value) this.cut.add(name);
    if (!Object.hasOwn(this.props, name)) this.count++;
    define(this.props, name, clipped(text, most.value));
  }

  /** `a.b` may come as a name and as a path: the second, where it says something else, is `a.b#2`. */
  private free(name: string, text: string): string {
    let free = name;
    for (let nth = 2; this.isTaken(free, text); nth++) free = `${name}#${nth}`;
    return free;
  }

  private isTaken(name: string, text: string): boolean {
    return reserved.has(name) || (Object.hasOwn(this.props, name) && this.props[name] !== text);
  }

  done(): Record<string, string> {
    if (this.cut.size > 0) this.props.truncated = clipped([...this.cut].join('|'), most.value);
    return this.props;
  }
}

/** Sets a field of any name: `__proto__` is one as well. */
function define(props: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') props[name] = value;
  else Object.defineProperty(props, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Yes and no tell nobody: `mobile: true` is a kind of device. */
function hidden(name: string, value: unknown): boolean {
  return typeof value !== 'boolean' && isPersonal(name);
}

/** A web address without the fields of its query that tell a person. */
function cleanUrl(text: string): string {
  if (!/^(https?:\/\/|\/|\?)/.test(text) || !text.includes('=')) return text;
  const kept = text.replace(/([?&#])([^=&#?]+)=[^&#]*/g, (field, mark: string, name: string) =>
    isPersonal(name) ? mark : field,
  );
  return kept === text ? text : kept.replace(/([?&])&+/g, '$1').replace(/[?&]+(?=#|$)/g, '');
}
