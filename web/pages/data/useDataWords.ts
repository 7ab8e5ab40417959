import type { Recognised } from '../../../src/api/data.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { nearestIn } from './nearestIn.ts';
import { useEntities, usePresets } from './useCatalogue.ts';

/** How kinds of data, presets, columns and reasons are told in the language in use. */
export interface DataWords {
  entity(name: string | null): string;
  /** How a file was recognised. */
  preset(name: string | null): string;
  /** A column of the contract, or an identifier `id_…`. */
  column(name: string): string;
  reason(reason: string): string;
  /** Why a row was rejected: `付款时间：不是能读懂的时间`. */
  reject(reject: { readonly column: string; readonly reason: string }): string;
  /** A file as the ledger calls it; a replay is called after the file of its rejects. */
  file(name: string): string;
  /** What a file that is not recognised is most like, and what it lacks of it. */
  like(nearest: NonNullable<Recognised['nearest']>): string;
  /** What the report of a file says. */
  message(message: string): string;
}

/** Reasons that speak of a row's identifiers, of whatever type. */
const aboutPeople: ReadonlySet<string> = new Set(['no_identifier', 'suppressed']);

/** Stands for an identifier of any type among what a file lacks. */
const ANYONE = 'id_…';

export function useDataWords(): DataWords {
  const t = useText().data;
  const locale = useLocale();
  const { list } = useFormat();
  const { data: entities = [] } = useEntities();
  const { data: presets = [] } = usePresets();
  const known: Readonly<Record<string, string>> = {
    canonical: t.files.canonical,
    mapping: t.files.byMapping,
    unknown: t.unknownEntity,
  };
  const column = (name: string) => {
    if (!name.startsWith('id_')) return t.columns[name] ?? name;
    const type = name.slice(3);
    return type === '' ? t.mapping.who : (t.identifiers[type] ?? t.identifier(type));
  };
  const entity = (name: string | null) =>
    name ? (entities.find((each) => each.name === name)?.title[locale] ?? known[name] ?? name) : t.unknownEntity;
  const like = ({ entity: name, missing }: NonNullable<Recognised['nearest']>) =>
    t.files.like(entity(name), list(missing.map((each) => (each === ANYONE ? t.files.anyone : column(each)))));
  const reason = (name: string) => t.reasons[name] ?? name;
  const unknown = (message: string) => {
    const nearest = nearestIn(message);
    return nearest ? t.files.unknownLike(like(nearest)) : t.files.unknown;
  };
  return {
    entity,
    preset: (name) =>
      name ? (known[name] ?? presets.find((each) => each.name === name)?.title[locale] ?? name) : t.unknownEntity,
    column,
    reason,
    reject: (reject) =>
      reject.column === '' || aboutPeople.has(reject.reason)
        ? reason(reject.reason)
        : `${column(reject.column)}${locale === 'zh' ? '：' : ': '}${reason(reject.reason)}`,
    file: (name) => (name.startsWith('rejects of ') ? t.report.rejectsOf(name.slice('rejects of '.length)) : name),
    like,
    message: (message) => {
      if (message.startsWith('The same content came with')) return t.report.same;
      if (message.startsWith('Nothing recognises')) return unknown(message);
      return message === 'The file is empty.' ? t.report.emptyFile : message;
    },
  };
}
