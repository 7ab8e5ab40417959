import type { people as zh } from '../zh/people.ts';

export const people = {
  lead: 'People saved from behind any number: the consumers of that moment, kept for later use as audiences.',
  name: 'Name',
  from: 'From',
  count: 'Consumers',
  asOf: 'Data as of',
  by: 'Saved by',
  at: 'Saved at',
  none: 'No lists are kept here. Open any number and choose “Save as audience” under People: it becomes an audience.',
  remove: 'Delete',
  removeSure: (name: string) => `Delete the people “${name}”?`,
  removed: 'Deleted',
} satisfies typeof zh;
