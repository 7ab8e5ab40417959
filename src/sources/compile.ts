import { InputError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import { blocked, ident, normalised } from '../identity/identifier.ts';
import { type IdentityRules, typeOf } from '../identity/types.ts';
import { type Column, type Entity, entities } from '../model/entities.ts';
import { dayOf, sideDays, storedName, storedType } from '../model/storage.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import { type ColumnText, cellText } from './cellSql.ts';
import { bounded, type Clock, isFuture, parsedAs } from './kindSql.ts';
import { type Cell, columnsRead, columnsTaken, type Mapping } from './mapping.ts';

/** What the rows of a file are turned with. */
export interface Intake {
  readonly mapping: Mapping;
  /** The file's header. */
  readonly columns: readonly string[];
  /** Columns come and go between the batches of the file (JSON Lines): every rule counts, so that all batches are alike. */
  readonly varying?: boolean;
  readonly source: string;
  readonly clock: Clock;
  readonly identity: IdentityRules;
  /** Hex of the key that personal identifiers are hashed under. */
  readonly identifierKey: string;
  /** Rows with an identifier of the table `suppressed` are refused. */
  readonly suppressing?: boolean;
}

/** An identifier column of the file and where the turned rows keep it. */
export interface IdColumn {
  readonly type: string;
  /** Column with the identifier's 64-bit number, 0 where it names nobody. */
  readonly number: string;
  /** Column with its normalised value; it lives in memory only. */
  readonly value: string;
}

/** A file's rows as rows of the contract, in SQL. */
export interface Compiled {
  readonly entity: Entity;
  /** Stored columns the rows have, with their types; the rest keep their defaults. */
  readonly stored: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly ids: readonly IdColumn[];
  /** Columns of the file that no rule takes on every row: kept in `props`. */
  readonly unmapped: readonly string[];
  /** Columns with personal text that no rule reads: not kept at all. */
  readonly withheld: readonly string[];
  /** The turned rows: stored columns, `line`, identifiers, and `why` = `reason:column` where a row cannot be taken. */
  select(source: Fragment): Fragment;
}

interface Field {
  readonly column: Column;
  readonly rule: Cell;
  readonly text: Fragment;
  readonly value: Fragment;
}

export function compileIntake(intake: Intake): Compiled {
  const entity = entities[intake.mapping.entity];
  const positions = new Map(intake.columns.map((name, i) => [name, i]));
  const text: ColumnText = (name) => {
    const at = positions.get(name);
    return at === undefined ? sql`''` : sql`trimBoth(${id(`c${at}`)})`;
  };
  const fields = fieldsOf(entity, intake);
  const ids = idColumns(entity, intake);
  const { unmapped, withheld } = leftOver(intake);
  const { props } = intake.mapping;
  const stored = storedColumns(entity, fields, intake, ids.length, unmapped.length > 0 || props !== undefined);
  return {
    entity,
    stored,
    ids: ids.map(({ type, number, value }) => ({ type, number, value })),
    unmapped,
    withheld,
    select(source) {
      const cells = [
        ...fields.map((f) => sql`${cellText(f.rule, text)} AS ${f.text}`),
        ...ids.map((each) => sql`${cellText(each.rule, text)} AS ${id(each.raw)}`),
        sql`${props === undefined ? propsOf(unmapped, text) : membersOf(text(props))} AS props`,
      ];
      const parsed = [
        ...fields.map((f) => sql`${parse(f, intake.clock)} AS ${f.value}`),
        ...ids.map((each) => sql`${normalised(id(each.raw), each.place.type)} AS ${id(each.value)}`),
      ];
      const named = [
        ...fields.map((f) => sql`${bounded(f.column.kind, f.value, intake.clock)} AS ${bound(f)}`),
        ...ids.map(
          (each) =>
            sql`if(${id(each.raw)} = '' OR ${blocked(id(each.value))}, 0, ${ident(id(each.value), each.place, intake.identifierKey)}) AS ${id(each.number)}`,
        ),
      ];
      return sql`SELECT line, ${whyOf(fields, ids, entity, intake)} AS why, ${outputs(entity, fields, intake, ids)}
        FROM (SELECT *, ${join([...named, sql`1 AS one`], ', ')}
        FROM (SELECT *, ${join([...parsed, sql`1 AS two`], ', ')}
        FROM (SELECT line, ${join(cells, ', ')} FROM ${source})))`;
    },
  };
}

const bound = (field: Field): Fragment => id(`b_${field.column.name}`);

function fieldsOf(entity: Entity, intake: Intake): Field[] {
  const { mapping } = intake;
  const known = new Map(entity.columns.map((column) => [column.name, column]));
  const fields: Field[] = [];
  for (const [name, rule] of Object.entries(mapping.columns)) {
    if (name.startsWith('id_')) continue;
    const column = known.get(name);
    if (!column)
      throw new InputError(
        'mapping_column',
        say('mapping.unknown', {
          column: name,
          entity: entity.name,
          allowed: entity.columns.map((each) => each.name).join(', '),
        }),
      );
    if (!readable(rule, intake)) continue;
    fields.push({ column, rule, text: id(`t_${name}`), value: id(`v_${name}`) });
  }
  requireColumns(entity, fields, mapping);
  return fields;
}

function requireColumns(entity: Entity, fields: readonly Field[], mapping: Mapping): void {
  const has = new Set(fields.map((f) => f.column.name));
  const missing = entity.columns.filter((c) => c.required && !has.has(c.name) && !waived(c, mapping));
  if (missing.length > 0)
    throw new InputError(
      'missing_columns',
      say('file.missing', { entity: entity.name, columns: missing.map((each) => each.name).join(', ') }),
    );
}

const waived = (column: Column, mapping: Mapping): boolean => mapping.headless === true && column.kind === 'time';

function idColumns(entity: Entity, intake: Intake) {
  const { mapping, source, identity } = intake;
  if (!entity.personal) return [];
  return Object.entries(mapping.columns)
    .filter(([name, rule]) => name.startsWith('id_') && readable(rule, intake))
    .map(([name, rule]) => {
      const own = name.slice(3);
      const type = typeNamed(own);
      const place = { name: type, type: typeOf(identity, type), source };
      return { type, rule, place, raw: `raw_${own}`, value: `norm_${own}`, number: `ident_${own}` };
    });
}

/** The type of an identifier's column without its `id_`: `user__2` is the second identifier of type `user` on a row. */
export function typeNamed(column: string): string {
  return column.replace(/__\d$/, '');
}

/** Whether a rule can say anything: the file has a column it reads, or it needs none. */
function readable(rule: Cell, { columns, varying }: Intake): boolean {
  const reads = columnsRead(rule);
  return (
    varying === true ||
    reads.length === 0 ||
    reads.some((each) => columns.includes(each)) ||
    (typeof rule !== 'string' && rule.empty !== undefined)
  );
}

/** Columns no rule takes. An identifier that tells who a person is must not lie in `props` as it came. */
function leftOver({ mapping, columns, identity }: Intake): { unmapped: string[]; withheld: string[] } {
  const rules = Object.values(mapping.columns);
  const taken = new Set(rules.flatMap(columnsTaken));
  const read = new Set(rules.flatMap(columnsRead));
  const left = columns.filter((name) => !taken.has(name) && name !== mapping.props);
  const personal = (name: string) =>
    mapping.withheld?.includes(name) === true ||
    (/^\s*id_/i.test(name) && typeOf(identity, typeNamed(name.trim().toLowerCase().slice(3))).personal);
  return {
    unmapped: left.filter((name) => !personal(name)),
    withheld: left.filter((name) => personal(name) && !read.has(name)),
  };
}

function propsOf(unmapped: readonly string[], text: ColumnText): Fragment {
  if (unmapped.length === 0) return sql`CAST(map(), 'Map(String, String)')`;
  const pairs = unmapped.map((name) => sql`${name}, ${text(name)}`);
  return sql`mapFilter((k, v) -> v != '', map(${join(pairs, ', ')}))`;
}

/** The members of a JSON object, by their names; what is no object has none. */
function membersOf(cell: Fragment): Fragment {
  return sql`CAST(JSONExtractKeysAndValues(${cell}, 'String'), 'Map(String, String)')`;
}

function parse(field: Field, clock: Clock): Fragment {
  if (field.column.kind === 'text') return field.text;
  const { rule } = field;
  const zone = typeof rule === 'string' ? clock.zone : (rule.zone ?? clock.zone);
  const format = typeof rule === 'string' ? undefined : rule.format;
  return parsedAs(field.column.kind, field.text, { ...clock, zone }, format);
}

/** First reason a row cannot be taken: an absent required cell, no identifier, a cell that is not what it must be. */
function whyOf(
  fields: readonly Field[],
  ids: readonly { raw: string; number: string }[],
  entity: Entity,
  intake: Intake,
): Fragment {
  const cases: Fragment[] = [];
  for (const { column, text } of fields)
    if (column.required && !waived(column, intake.mapping)) cases.push(sql`${text} = '', ${`missing:${column.name}`}`);
  if (entity.personal && intake.mapping.headless !== true) {
    const none =
      ids.length === 0
        ? sql`1`
        : join(
            ids.map((each) => sql`${id(each.raw)} = ''`),
            ' AND ',
          );
    cases.push(sql`${none}, 'no_identifier:id_'`);
  }
  if (intake.suppressing && ids.length > 0) {
    const anyOf = join(
      ids.map((each) => sql`${id(each.number)} IN (SELECT ident FROM suppressed)`),
      ' OR ',
    );
    cases.push(sql`${anyOf}, 'suppressed:id_'`);
  }
  for (const field of fields) {
    const { column, text, value } = field;
    if (!fallible.has(column.kind)) continue;
    cases.push(sql`${text} != '' AND isNull(${bound(field)}), ${`${reasons[column.kind]}:${column.name}`}`);
    if (column.kind === 'time' || column.kind === 'date')
      cases.push(sql`ifNull(${isFuture(value, intake.clock)}, 0), ${`future:${column.name}`}`);
  }
  return cases.length === 0 ? sql`''` : sql`multiIf(${join(cases, ', ')}, '')`;
}

const reasons: Readonly<Record<string, string>> = {
  time: 'time',
  date: 'time',
  plan: 'time',
  money: 'number',
  number: 'number',
  rating: 'range',
  flag: 'flag',
};
const fallible: ReadonlySet<string> = new Set(Object.keys(reasons));

/** Columns that every row would leave at their defaults are not stored at all: a wide table costs time by the column. */
function storedColumns(entity: Entity, fields: readonly Field[], intake: Intake, ids: number, unmapped: boolean) {
  const own = fields.map(({ column }) => ({ name: storedName(entity, column), type: typeIn(entity, column) }));
  const day = dayOf[entity.name] && intake.mapping.headless !== true ? [{ name: 'day', type: 'Date' }] : [];
  const has = new Set(own.map(({ name }) => name));
  const side = (sideDays[entity.name] ?? [])
    .filter(([, moment]) => has.has(moment))
    .map(([name]) => ({ name, type: 'Nullable(Date)' }));
  const person = [
    ...(ids > 0 ? [{ name: 'who', type: 'UInt64' }] : []),
    ...(ids > 1 ? [{ name: 'idents', type: 'Array(UInt64)' }] : []),
  ];
  const keyed = entity.key.length > 0 && (!optionalKey.has(entity.name) || has.has(entity.key[0] ?? ''));
  const identity = keyed
    ? [
        { name: 'key', type: 'UInt128' },
        { name: 'body', type: 'UInt64' },
      ]
    : [];
  const props = unmapped || intake.varying ? [{ name: 'props', type: 'Map(String, String)' }] : [];
  return [...own, ...day, ...side, ...person, ...identity, ...props];
}

/** Note: an order line's time may be absent where its head has it. */
function typeIn(entity: Entity, column: Column): string {
  return entity.name === 'orders' && column.name === 'order_time'
    ? `Nullable(${storedType(column)})`
    : storedType(column);
}

function outputs(
  entity: Entity,
  fields: readonly Field[],
  intake: Intake,
  ids: readonly { raw: string; value: string; number: string }[],
): Fragment {
  const own = fields.map((f) => {
    const type = typeIn(entity, f.column);
    const value = type.startsWith('Nullable') ? bound(f) : sql`assumeNotNull(${bound(f)})`;
    return sql`${fallible.has(f.column.kind) ? value : bound(f)} AS ${id(storedName(entity, f.column))}`;
  });
  const parts = [...own];
  const has = new Set(fields.map((f) => storedName(entity, f.column)));
  const moments = (dayOf[entity.name] ?? []).filter((name) => has.has(name)).map(id);
  if (moments.length > 0 && intake.mapping.headless !== true)
    parts.push(sql`toDate(assumeNotNull(coalesce(${join(moments, ', ')})), ${intake.clock.zone}) AS day`);
  for (const [day, moment] of sideDays[entity.name] ?? [])
    if (has.has(moment)) parts.push(sql`toDate(${id(moment)}, ${intake.clock.zone}) AS ${id(day)}`);
  if (ids.length > 0) parts.push(...person(ids));
  const identified = ids.length > 0;
  parts.push(sql`${keyOf(entity, has, identified, intake)} AS key`);
  parts.push(sql`${bodyOf(entity, fields, identified)} AS body`, sql`props`);
  for (const each of ids) parts.push(id(each.number), id(each.value));
  return join(parts, ', ');
}

/** The card of a row: its identifiers, sorted; one identifier is its own card. */
function person(ids: readonly { number: string }[]): Fragment[] {
  const numbers = join(
    ids.map((each) => id(each.number)),
    ', ',
  );
  const set = sql`arraySort(arrayDistinct(arrayFilter(x -> x != 0, [${numbers}])))`;
  if (ids.length === 1) return [sql`${numbers} AS who`, sql`if(who = 0, [], [who]) AS idents`];
  return [
    sql`${set} AS idents`,
    sql`multiIf(empty(idents), 0, length(idents) = 1, idents[1], sipHash64(idents)) AS who`,
  ];
}

/** Identity of a row within its source; 0 where file and line are it. Lines of orders get theirs when the file is whole. */
function keyOf(entity: Entity, has: ReadonlySet<string>, identified: boolean, { source }: Intake): Fragment {
  if (entity.key.length === 0 || entity.name === 'orders') return sql`toUInt128(0)`;
  const names = entity.key.map((name) => (name === 'join_time' ? 'join_at' : name));
  const given = (name: string) => has.has(name) || (name === 'who' && identified);
  const parts = names.map((name) => (given(name) ? sql`toString(${id(name)})` : sql`''`));
  const shared = entity.name === 'items' ? '' : source;
  const hash = sql`reinterpretAsUInt128(sipHash128(${entity.name}, ${shared}, ${join(parts, ', ')}))`;
  if (names.includes('who')) return identified ? sql`if(who = 0, toUInt128(0), ${hash})` : sql`toUInt128(0)`;
  if (!optionalKey.has(entity.name)) return hash;
  const [own = ''] = names;
  return has.has(own) ? sql`if(${id(own)} = '', toUInt128(0), ${hash})` : sql`toUInt128(0)`;
}

/** Their rows have a name of their own only where the platform gives them one. */
const optionalKey: ReadonlySet<string> = new Set(['events', 'reviews']);

/** Hash of what a row says, and of whom, to tell a repeated row from a corrected one; an event is never corrected. */
function bodyOf(entity: Entity, fields: readonly Field[], identified: boolean): Fragment {
  if (entity.key.length === 0 || entity.name === 'events') return sql`toUInt64(0)`;
  const texts = fields.map((f) => sql`${f.column.name}, ${f.text}`);
  return sql`sipHash64(${join([...texts, ...(identified ? [sql`who`] : []), sql`props`], ', ')})`;
}
