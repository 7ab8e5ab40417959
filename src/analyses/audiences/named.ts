import { z } from 'zod';
import type { Lens, NamedMembers } from '../../lifecycle/kept.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';

/** The name of a saved audience, as a parameter. */
export const audienceName = () => z.string().min(1).max(200);

const nobody: NamedMembers = {
  consumers: sql`SELECT toUInt32(0) AS consumer WHERE 0`,
  bitmap: sql`SELECT groupBitmapState(toUInt32(0)) AS members WHERE 0`,
};

/** Members of an audience that a question names; nobody where the question is only explained. */
export function membersNamed({ audiences }: Lens, name: string): NamedMembers {
  return audiences?.get(name) ?? nobody;
}

/** The bitmap of an audience's members, as a value. */
export function bitmapNamed(lens: Lens, name: string): Fragment {
  return sql`(${membersNamed(lens, name).bitmap})`;
}
