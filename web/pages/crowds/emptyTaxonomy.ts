import type { CrowdTaxonomy } from '../../../src/api/crowds.ts';

/** A taxonomy as it is written. */
export interface Written extends Pick<CrowdTaxonomy, 'name' | 'title'> {
  readonly crowds: readonly Pick<CrowdTaxonomy['crowds'][number], 'id' | 'title' | 'rule'>[];
}

/** What a taxonomy of one's own begins with: two crowds that show the form. */
export const emptyTaxonomy: Written = {
  name: 'own',
  title: { zh: '自有圈层', en: 'Own crowds' },
  crowds: [
    {
      id: 'young_urban',
      title: { zh: '都市年轻人', en: 'Young urban' },
      rule: { all: [{ age: { min: 18, max: 35 } }, { city_tier: { max: 2 } }] },
    },
    { id: 'member', title: { zh: '会员', en: 'Members' }, rule: { member: {} } },
  ],
};

/** The parts of a taxonomy that are written by hand. */
export function writtenOf({ name, title, crowds }: Written): Written {
  return { name, title, crowds: crowds.map(({ id, title: called, rule }) => ({ id, title: called, rule })) };
}
