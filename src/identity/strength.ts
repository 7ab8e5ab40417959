import { type Fragment, sql } from '../warehouse/sql.ts';
import { type IdentityRules, typeOf } from './types.ts';

const namesPerson: readonly string[] = ['phone', 'email', 'openid', 'unionid', 'idcard'];
const namesDevice: readonly string[] = ['device', 'oaid', 'imei', 'idfa'];
const WEAKEST = 3;

/** How surely a type names one person, from 0: a person's one value, then what a person owns, then devices, then the rest. */
export function strengthOf(rules: IdentityRules, type: string): number {
  if (typeOf(rules, type).single) return 0;
  if (namesPerson.includes(type)) return 1;
  return namesDevice.includes(type) ? 2 : WEAKEST;
}

/** The same of a column of types. */
export function strengthColumn(rules: IdentityRules, type: Fragment): Fragment {
  const types = Object.keys(rules.types);
  const strengths = types.map((each) => strengthOf(rules, each));
  return sql`transform(toString(${type}), ${types}, ${strengths}, ${WEAKEST})`;
}
