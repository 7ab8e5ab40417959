import type { suppressions as zh } from '../zh/suppressions.ts';

export const suppressions = {
  lead: 'Where somebody asks not to be recorded, add their identifiers: rows with one, of files and live, are refused from then on, and nothing of them is kept. Data that are here already stay.',
  add: 'Add to the list',
  addLead: 'One identifier at a time. A person with several needs each of them added.',
  type: 'Type',
  otherType: 'Another type…',
  typeName: 'Name of the type',
  typeLead: 'As it is called in imports: lower-case letters, digits and underscores',
  value: 'Value',
  valueLead:
    'Of telephones, e-mails, devices and other personal identifiers only a keyed hash is kept: the value is not shown again, and stands in no address and no log.',
  needValue: 'Give the value of the identifier',
  added: 'Added: its rows are refused from now on',
  notAdded: 'Not added',
  unknown:
    'No row has this identifier. Identifiers of this type mean something within their source only, and are known once there are data with them: check type and value.',
  identifier: 'Identifier',
  by: 'Added by',
  at: 'Added at',
  remove: 'Remove',
  removeSure: 'Remove it from the list?',
  removeLead:
    'Its rows are taken again from now on. Those refused meanwhile were not kept: import them again where they are wanted.',
  removed: 'Removed: its rows are taken again',
  none: 'The list is empty',
  noneLead: 'Nobody has asked not to be recorded yet.',
  sum: (count: string, types: string) =>
    count === '1' ? `1 identifier on the list: ${types}. ` : `${count} identifiers on the list: ${types}. `,
  ofType: (type: string, count: string) => `${type} ${count}`,
  between: ', ',
  refused: (rows: string) => (rows === '1' ? '1 row refused so far.' : `${rows} rows refused so far.`),
} satisfies typeof zh;
