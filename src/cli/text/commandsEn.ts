import { growCommands } from './growEn.ts';
import { pushCommands } from './pushingEn.ts';

/** What each command is for, its arguments and examples, in English; the other language has the same keys. */
export const commands = {
  ...growCommands,
  ...pushCommands,
  import: {
    is: 'take in a file or a folder of exports',
    more: 'Files are recognised by name and headers. What was imported before changes nothing; what cannot be taken goes to the rejects.',
    path: 'file or folder',
    preset: 'take the files for exports of this platform',
    mapping: 'mapping file (YAML) from source columns to those of the contract',
    source: 'name of the source the rows belong to',
    strict: 'take nothing and exit 2 when any row is rejected',
    examples: [
      ['import exports/', 'a folder, every file recognised by its headers'],
      ['import crm.csv --mapping crm.yaml --source crm', 'headers of your own'],
    ],
  },
  importList: {
    is: 'list the imports so far',
    examples: [
      ['import list', 'every import with its counts'],
      ['import list --format csv > imports.csv', 'the same for a spreadsheet'],
    ],
  },
  importUndo: {
    is: 'take an import back, as if it had never been',
    id: 'number of the import, as in import list',
    examples: [
      ['import undo 3', 'the facts of import 3 go, and with them what they linked'],
      ['import undo 3 --quiet --format json', 'in a script'],
    ],
  },
  rejects: {
    is: 'rows that could not be taken: see them, replay them',
    examples: [
      ['rejects list', 'what could not be taken, and why'],
      ['rejects replay --import 3', 'try those of import 3 again'],
    ],
  },
  rejectsList: {
    is: 'list rejected rows with file, line, column, reason and raw text',
    import: 'of this import only',
    file: 'of this file (file_id) only',
    limit: 'at most so many',
    examples: [
      ['rejects list --import 3', 'those of one import'],
      ['rejects list --format csv > fix.csv', 'to correct the column raw and replay it'],
    ],
  },
  rejectsReplay: {
    is: 'take rejected rows again, as they were or corrected',
    from: 'CSV with file_id, line and the corrected raw',
    examples: [
      ['rejects replay --from fix.csv', 'rows corrected in the column raw'],
      ['rejects replay --import 3 --mapping crm.yaml', 'after the mapping was corrected'],
    ],
  },
  consumer: {
    is: 'one consumer',
    examples: [
      ['consumer show user:100', 'who has this identifier, and why'],
      ["consumer show '#17' --format json", 'by number, for a program'],
    ],
  },
  consumerShow: {
    is: 'identifiers, the rows that linked them, stages, profile and timeline of a consumer',
    id: 'an identifier as type:value, or # and the number of the consumer',
    moments: 'moments of the timeline in the table; 0 for all',
    examples: [
      ['consumer show phone:13800138000', 'the latest thirty moments'],
      ["consumer show '#17' --moments 0", 'the whole timeline'],
    ],
  },
  link: {
    is: 'why identifiers are one consumer, and cuts that keep them from being so',
    examples: [
      ['link why user:100', 'the rows that join its identifiers'],
      ['link cut --identifier phone:13800138000', 'a shop telephone joins nobody from now on'],
    ],
  },
  linkWhy: {
    is: 'the rows that join the identifiers of a consumer',
    id: 'an identifier as type:value, or # and the number of the consumer',
    to: 'the shortest way from the one to this identifier',
    examples: [
      ['link why user:100', 'which rows of which files show its identifiers together'],
      ['link why user:100 --to user:200', 'how one comes to the other'],
    ],
  },
  linkCut: {
    is: 'drop links, so that every answer is as if they had never been',
    more: 'Rows stay, each with one consumer; a cut holds for rows that come later too, and link restore ends it.',
    identifier: 'this identifier joins nobody',
    pair: 'rows that show both do not make these two one person',
    source: 'rows that this source alone shows join nobody; beside --from, of this source only',
    from: 'rows first brought from this day or moment on join nobody',
    note: 'why, for whoever reads the list of cuts',
    preview: 'only say what would change',
    examples: [
      ['link cut --identifier device:ab12 --preview', 'how many consumers and rows would change'],
      ['link cut --pair user:100,user:200 --note twins', 'two people who share a telephone'],
      ['link cut --source crm --from 2026-06-01', 'since then its export has been wrong'],
    ],
  },
  linkCuts: {
    is: 'cuts that were made, and those that were lifted',
    examples: [
      ['link cuts', 'the latest first'],
      ['link cuts --format csv', 'for a spreadsheet'],
    ],
  },
  linkRestore: {
    is: 'end a cut: what it dropped joins again',
    id: 'number of the cut, as link cuts has it',
    examples: [
      ['link restore 3', 'every answer is what it was before the cut'],
      ['link restore 3 --format json', 'what changed, for a program'],
    ],
  },
  rules: {
    is: 'rule sets: windows and thresholds behind every number',
    examples: [
      ['rules list', 'the sets of this home, and which one is adopted'],
      ['rules diff default o-5a', 'what would be different'],
    ],
  },
  rulesList: {
    is: 'list rule sets and their versions',
    examples: [
      ['rules list', 'the adopted one is marked'],
      ['rules list --format json', 'for a program'],
    ],
  },
  rulesShow: {
    is: 'show a rule set in words',
    key: 'name or name@version',
    examples: [
      ['rules show default', 'stages with their conditions'],
      ['rules show default@1 --format json', 'the set as data'],
    ],
  },
  rulesDiff: {
    is: 'what two rule sets say differently',
    left: 'name or name@version',
    right: 'name or name@version',
    examples: [
      ['rules diff default o-5a', 'two models'],
      ['rules diff default@1 default@2', 'two versions of one'],
    ],
  },
  rulesAdopt: {
    is: 'use a rule set for every answer that names none',
    key: 'name or name@version',
    examples: [
      ['rules adopt o-5a', 'from now on'],
      ['rules adopt default@1', 'back again'],
    ],
  },
  list: {
    is: 'the shelf of analyses',
    examples: [
      ['list', 'every analysis with its question'],
      ['list --format json', 'the same for a program'],
    ],
  },
  explain: {
    is: 'one analysis: question, definition, limits, parameters, columns, SQL',
    id: 'id of the analysis, as in list',
    examples: [
      ['explain fast', 'what FAST means here, and its SQL'],
      ['explain aipl-stock --on 2025-11-11', 'the SQL of these parameters'],
    ],
  },
  run: {
    is: 'run one analysis',
    more: 'run ID --help lists the parameters of an analysis.',
    id: 'id of the analysis, as in list',
    people: 'print the consumers behind the rows with these column values (JSON) instead',
    examples: [
      ['run fast --from 2025-11-01 --to 2025-11-11', 'FAST of eleven days, beside the eleven before'],
      [`run aipl-stock --on 2025-11-11 --people '{"stage":"L"}'`, 'the consumers behind one number'],
    ],
  },
  shelf: { reader: 'for reading', program: 'for a program' },
  demo: {
    is: 'load the demo brand into a fresh home and show its FAST',
    size: 'tiny, small, medium, large, huge, or a number of events',
    seed: 'another brand of the same kind',
    examples: [
      ['demo', 'the small brand, in a minute'],
      ['demo --size tiny --home try', 'a smaller one, in a folder of its own'],
    ],
  },
  serve: {
    is: 'serve the console, the HTTP API and MCP',
    more: 'The first start makes an administrator and prints the password once; it is changed at the first log-in. While a server holds the home, the other commands work through it.',
    port: 'port; 0 for any that is free',
    host: 'address to listen on; this machine only by default',
    examples: [
      ['serve', 'the console at http://127.0.0.1:7300'],
      ['serve --host 0.0.0.0 --port 8080', 'open to the network, behind a proxy that ends TLS'],
    ],
  },
  mcp: {
    is: 'answer a program that speaks MCP over standard input and output',
    more: 'Every analysis is a tool; nothing can be changed. For assistants that start the program themselves; over HTTP it is at /mcp of serve.',
    none: 'There is no program at the other end: mcp is started by an MCP client.',
    examples: [
      ['mcp --home shop', 'the command to give to an MCP client'],
      ['mcp --quiet', 'without progress on stderr'],
    ],
  },
  key: {
    is: 'keys of programs that call the HTTP API',
    examples: [
      ['key add nightly --role analyst', 'a key for a program; it is shown this once'],
      ['key add loader --role operator --format json', 'in a script'],
    ],
  },
  keyAdd: {
    is: 'make a key and print it, this once',
    more: 'A program sends it as Authorization: Bearer KEY. Only its SHA-256 is kept, so a lost key is replaced, not found again.',
    name: 'what the key is called in lists and in the audit',
    role: 'what it may do',
    examples: [
      ['key add nightly --role analyst', 'it may ask everything and see single consumers'],
      ['key add loader --role operator --format json', 'prints {"name", "key"}'],
    ],
  },
  crowds: {
    is: 'taxonomies of crowds, and the tiers of cities that their rules look at',
    examples: [
      ['crowds list', 'the eight strategic crowds among them'],
      [`audience count --rule '{"crowd": {"taxonomy": "eight", "in": ["z_era"]}}'`, 'how many are of a crowd'],
    ],
  },
  crowdsList: {
    is: 'every taxonomy in its latest version',
    examples: [
      ['crowds list', 'names and crowds'],
      ['crowds list --format json', 'as an array'],
    ],
  },
  crowdsShow: {
    is: 'one taxonomy: its crowds in order, with their rules',
    key: 'its name, or name@version',
    examples: [
      ['crowds show eight', 'to read'],
      ['crowds show eight@1 --format json', 'as a file to change and put'],
    ],
  },
  crowdsPut: {
    is: 'save a taxonomy as the next version of its name',
    file: 'JSON or YAML file: name, title, crowds of id, title, rule',
    examples: [
      ['crowds put ours.yaml', 'the first crowd whose rule holds takes a consumer'],
      ['crowds put eight.json --format json', 'stands before the one of the program'],
    ],
  },
  crowdsTiers: {
    is: 'show the table of city tiers, or replace it',
    file: 'JSON or YAML file of names to tiers 1..6; an empty object brings the built-in table back',
    examples: [
      ['crowds tiers', 'the table in force'],
      ['crowds tiers tiers.yaml', 'replaces it'],
    ],
  },
  audience: {
    is: 'consumers by a rule: count them, save them, take their identifiers along',
    examples: [
      [
        `audience count --rule '{"did": {"behavior": ["cart"], "window": {"days": 30}}}'`,
        'how many put something into the cart',
      ],
      ['audience create carted --rule carted.yaml', 'saves the rule of a file under a name'],
    ],
  },
  audienceCreate: {
    is: 'save a rule under a name',
    more: 'It is found anew from its rule whenever the data have changed, or, with --static, keeps the members of this moment.',
    name: 'a name that no other audience has',
    rule: 'the rule as JSON, or a JSON or YAML file',
    on: 'day its windows end on; without it the last day the data have',
    static: 'keep the members of this moment',
    examples: [
      ['audience create carted --rule carted.yaml', 'its windows move with the data'],
      [
        `audience create june --rule '{"stage": {"in": ["L"]}}' --on 2026-06-30 --static`,
        'who was loyal then, for good',
      ],
    ],
  },
  audienceList: {
    is: 'every audience with its members as they were last counted',
    examples: [
      ['audience list', 'names, sizes, days'],
      ['audience list --format json', 'as an array'],
    ],
  },
  audienceShow: {
    is: 'one audience: its members counted, its rule as a sentence and as data',
    name: 'its name',
    examples: [
      ['audience show carted', 'to read'],
      ['audience show carted --format json', 'rule and sentence for a program'],
    ],
  },
  audienceCount: {
    is: 'how many consumers an audience or a rule takes as of the end of a day',
    name: 'an audience',
    rule: 'a rule in its place: JSON, or a JSON or YAML file',
    on: 'the day; without it that of the audience, or the last day the data have',
    examples: [
      ['audience count carted --on 2026-06-30', 'as of that day'],
      [`audience count --rule '{"not": {"bought": {}}}' --format json`, 'prints {"consumers", "on"}'],
    ],
  },
  audienceExplain: {
    is: 'a rule condition by condition: how many meet each, and how many are left',
    rule: 'the rule as JSON, or a JSON or YAML file',
    on: 'the day; without it the last day the data have',
    examples: [
      ['audience explain --rule carted.yaml', 'a row a condition'],
      ['audience explain --rule carted.yaml --on 2026-06-30 --format json', 'as of that day, as an array'],
    ],
  },
  audienceChange: {
    is: 'give an audience another rule, day or name',
    more: 'A new rule or day is a new version; the versions before are remembered.',
    name: 'its name',
    rule: 'the new rule as JSON, or a JSON or YAML file',
    on: 'day its windows end on',
    rename: 'the new name; not while other audiences are made of it',
    examples: [
      ['audience change carted --rule carted.yaml', 'a new version'],
      ['audience change carted --rename "carted twice"', 'another name'],
    ],
  },
  audienceHistory: {
    is: 'the members of an audience day by day: how many came and went',
    name: 'its name',
    from: 'the first day; without it two weeks',
    to: 'the last day; without it that of the audience, or the last day the data have',
    examples: [
      ['audience history carted', 'the last two weeks'],
      ['audience history carted --from 2026-06-01 --to 2026-06-30 --format csv', 'a month for a spreadsheet'],
    ],
  },
  audienceDecay: {
    is: 'how long an audience stays what it was: of its members some days before, how many are members still, and how many bought since',
    more: 'Members of an earlier day are those whom the rule as it is now takes as of the end of that day.',
    name: 'its name; of dynamic audiences only',
    on: 'the day it is looked at; without it that of the audience, or the last day the data have',
    ages: 'days before, with commas between; without it 7,14,30,60,90',
    examples: [
      ['audience decay carted', 'the members of 7, 14, 30, 60 and 90 days before'],
      ['audience decay carted --ages 7,28 --format csv', 'of one and of four weeks before, for a spreadsheet'],
    ],
  },
  audienceExport: {
    is: 'the own identifiers of the members of an audience',
    more: 'One row an identifier: consumer, type, value; of a personal one the keyed hash. The audit notes the export.',
    name: 'its name',
    on: 'members as of this day; of dynamic audiences only',
    examples: [
      ['audience export carted --format csv > carted.csv', 'for a spreadsheet'],
      ['audience export carted --format json', 'as an array'],
    ],
  },
  audienceRemove: {
    is: 'forget an audience; one that others are made of stays',
    name: 'its name',
    examples: [
      ['audience remove carted', 'rule and members'],
      ['audience remove carted --format json', 'prints {"name"}'],
    ],
  },
  suppress: {
    is: 'identifiers whose rows are refused, as those of a person who asked to be deleted',
    examples: [
      ['suppress add phone:13800138000', 'from now on, from every source and file'],
      ['suppress list', 'what is refused'],
    ],
  },
  suppressAdd: {
    is: 'refuse the rows of an identifier from now on',
    more: 'Such rows are counted among the rejects, without their text. Rows that are here already stay.',
    identifier: 'type:value',
    examples: [
      ['suppress add phone:13800138000', 'the value is kept as its keyed hash only'],
      ['suppress add user:u1024', 'an identifier of your own system'],
    ],
  },
  suppressList: {
    is: 'every identifier whose rows are refused',
    examples: [
      ['suppress list', 'with who refused it and when'],
      ['suppress list --format json', 'as an array'],
    ],
  },
  suppressRemove: {
    is: 'take the rows of an identifier again',
    id: 'its number in the list',
    examples: [
      ['suppress remove 3', 'rows that were refused meanwhile are not here'],
      ['suppress remove 3 --format json', 'prints {"id"}'],
    ],
  },
  source: {
    is: 'sources of live events: what may send to the collector, and what came of it',
    examples: [
      ['source add web', 'a write key for a Segment, RudderStack or PostHog client'],
      ['source list', 'counts of every source'],
    ],
  },
  sourceAdd: {
    is: 'make a source and print its write key, this once',
    more: 'Point a client at the address of `serve` with this key. Only the SHA-256 of the key is kept.',
    name: 'what the source is called in lists and on its rows',
    examples: [
      ['source add web', 'the key, shown this once'],
      ['source add app --format json', 'prints {"name", "key"}'],
    ],
  },
  sourceList: {
    is: 'every source with its counts',
    examples: [
      ['source list', 'accepted, duplicate, rejected, and when the last came'],
      ['source list --format json', 'as an array'],
    ],
  },
  backup: {
    is: 'save the home into one file',
    more: 'Facts, identities, books, events not taken in yet, reports, configuration and key, as they are at one moment; it works while a server runs.',
    file: 'a new file, or s3://bucket/key (AWS_* in the environment)',
    withoutKey: 'leave the key out; it is then needed to restore',
    examples: [
      ['backup /backups/monday.qcb', 'everything in one file'],
      ['backup s3://brand-backups/monday.qcb --without-key', 'to a storage, without what opens it'],
    ],
  },
  restore: {
    is: 'make a home of a backup',
    more: 'Into a folder that is not there yet, or holds only config.yaml (which says where the stores are to be) and key.',
    file: 'a backup, or s3://bucket/key',
    examples: [
      ['--home again restore /backups/monday.qcb', 'a home in the folder again, checked row by row'],
      ['--home again restore s3://brand-backups/monday.qcb', 'from a storage'],
    ],
  },
  move: {
    is: 'take the stores of a home to servers, or back',
    more: 'Tables are brought over and compared by count and hash before config.yaml names the new stores. Killed, it goes on when asked again.',
    to: 'where the facts go: http://user:password@host:8123/database, or embedded',
    cluster: 'name of the cluster that the server at --to belongs to',
    registry: 'where the registry goes: postgresql://user:password@host:5432/database, or embedded',
    drop: 'remove the stores that the last move left behind',
    examples: [
      ['move --to http://q:secret@ch1:8123/q --cluster main', 'facts to a cluster, each with its consumer'],
      ['move --to embedded', 'back into the home'],
      ['move --drop', 'once all is well: remove the old ones'],
    ],
  },
  doctor: {
    is: 'check the installation',
    examples: [
      ['doctor', 'every check with its finding; exit 1 if one fails'],
      ['doctor --format json', 'for monitoring'],
    ],
  },
};
