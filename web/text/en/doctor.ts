import type { doctor as zh } from '../zh/doctor.ts';

export const doctor = {
  lead: 'Looks the installation over and balances the books of every file. It changes nothing.',
  again: 'Check again',
  looking: 'Checking…',
  state: 'State',
  check: 'Check',
  found: 'Found',
  todo: 'What to do',
  nothing: 'Nothing to do',
  none: 'No checks',
  states: { ok: 'fine', warning: 'attention', fault: 'fault' },
  good: (count: string, at: string) => `All ${count} checks are fine, as of ${at}.`,
  bad: (bad: string, count: string, at: string) => `${bad} of ${count} checks need attention, as of ${at}.`,
  unknownTodo: 'Send this line to the maintainers.',
  checks: {
    node: {
      title: 'Runtime',
      lead: 'Node.js 20 or newer',
      todo: 'Install Node.js 20 or newer and start the server again.',
    },
    disk: {
      title: 'Disk',
      lead: 'At least 2 GiB free where the data folder lies',
      todo: 'Free or add space: on a full disk imports and live events stop; what is there stays.',
    },
    warehouse: {
      title: 'Warehouse',
      lead: 'The engine of orders and behaviours answers',
      todo: 'Start the server again; where the engine is a server of its own, see that it runs and that address and password are right.',
    },
    registry: {
      title: 'Registry',
      lead: 'The engine of accounts, rules and import records answers',
      todo: 'Start the server again; where the engine is a server of its own, see that it runs and that address and password are right.',
    },
    memory: {
      title: 'Memory',
      lead: 'At least 3 GiB: a statement may take 1.3 GiB',
      todo: 'Add memory, or move the warehouse to a server of its own (qiancheng move): large questions fail for want of it.',
    },
    schema: {
      title: 'Tables',
      lead: 'Both stores and every shard have the tables of this version',
      todo: 'Bring the servers to one version and start again; if they still differ, restore a backup (qiancheng restore).',
    },
    clock: {
      title: 'Clocks',
      lead: 'This machine and the stores are less than 5 s apart',
      todo: 'Have every machine keep its time by NTP.',
    },
    parts: {
      title: 'Parts of tables',
      lead: 'No part was laid aside as damaged; tables up to 2 GiB were read',
      todo: 'See to the disk, then restore a backup (qiancheng restore).',
    },
    leftovers: {
      title: 'Tables left by work',
      lead: 'Where nothing is being done there are no tables of work',
      todo: 'Start the server again, which removes them; until then they take room and change no answer. The next backup removes those that begin with copy_.',
    },
    aside: {
      title: 'Live events put aside',
      lead: 'No part of the log was put aside for failing again and again',
      todo: 'See the log of the server for the reason. They lie in the folder live of the home and end in .aside: once it is mended, take the ending off and start again.',
    },
    books: {
      title: 'Books',
      lead: 'Of every file: read = accepted + duplicate + rejected',
      todo: 'Undo the import that does not add up under “History”, and import it again.',
    },
    facts: {
      title: 'Facts',
      lead: 'Every row that the books have as taken is kept',
      todo: 'Restore a backup, or undo the imports concerned under “History” and import the original files again.',
    },
    imports: {
      title: 'Imports cut short',
      lead: 'No import is half done',
      todo: 'Import these files again: they go on where they were cut short, and nothing counts twice.',
    },
  },
} satisfies typeof zh;
