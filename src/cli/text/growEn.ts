/** What the commands about lookalikes and lists are for, in English; the other language has the same keys. */
export const growCommands = {
  lookalike: {
    is: 'more consumers like those of an audience, by what they did',
    examples: [
      ['lookalike train buyers --on 2026-06-30 --ahead 7', 'learns from the week before who becomes a buyer'],
      [`audience create alike --rule '{"lookalike": {"model": 1, "top": 10000}}' --static`, 'keeps the best'],
    ],
  },
  lookalikeTrain: {
    is: 'learn what the members of an audience have in common',
    more: 'Measured by a fifth of the consumers that is kept out of the training. No signal is said so.',
    seed: 'the audience to find more like',
    on: 'day at whose end the seed is looked at; without it the last day the data have',
    ahead: 'days before it at whose end everybody is looked at',
    exclude: 'audiences that are never proposed, separated by commas',
    examples: [
      ['lookalike train buyers --on 2026-06-30 --ahead 7', 'what the seed did in the last 7 days is not looked at'],
      ['lookalike train buyers --exclude staff,complained --format json', 'for a program'],
    ],
  },
  lookalikeList: {
    is: 'every model, newest first',
    examples: [
      ['lookalike list', 'seeds, days and AUC'],
      ['lookalike list --format json', 'with all that each is worth'],
    ],
  },
  lookalikeShow: {
    is: 'one model: how well it ranks, what to expect of every size, what speaks for a consumer',
    id: 'its number',
    examples: [
      ['lookalike show 1', 'to read'],
      ['lookalike show 1 --format csv', 'the sizes for a spreadsheet'],
    ],
  },
  lookalikeRemove: {
    is: 'forget a model; one that an audience is made by stays',
    id: 'its number',
    examples: [
      ['lookalike remove 1', 'the model and what it is worth'],
      ['lookalike remove 1 --format json', 'prints {"id"}'],
    ],
  },
  audienceUpload: {
    is: 'take a file of identifiers as a list that rules can name',
    more: 'CSV, Excel, JSON Lines or Parquet. Only what identifiers are known by in this home is kept.',
    name: 'a name that no other list has',
    file: 'the file',
    id: 'type of the identifiers, such as phone',
    form: 'plain, md5 or sha256',
    column: 'column they stand in; without it the first',
    examples: [
      ['audience upload vip vip.csv --id phone', 'numbers in any spelling; prints how many are known'],
      ['audience upload vip vip.xlsx --id phone --form md5 --column hash', 'hashes of normalised numbers'],
    ],
  },
  audienceLists: {
    is: 'every uploaded list, and how much of it is known now',
    examples: [
      ['audience lists', 'names and match counts'],
      [`audience count --rule '{"list": "vip"}'`, 'consumers of one'],
    ],
  },
  audienceUnlist: {
    is: 'forget an uploaded list; one that an audience is made by stays',
    name: 'its name',
    examples: [
      ['audience unlist vip', 'the list and its identifiers'],
      ['audience unlist vip --format json', 'prints {"name"}'],
    ],
  },
};

export const growWords = {
  heading: (id: number, seed: string) => `Lookalike ${id} of ${seed}`,
  asOf: (on: string, before: string, seeds: string, cold: string, others: string) =>
    `Seed on ${on}, everybody as of ${before}: ${seeds} seeds and ${others} others; ${cold} seeds had done nothing yet.`,
  signal: (auc: string, low: string, high: string) =>
    `AUC ${auc} (95 %: ${low} to ${high}), by consumers it was not trained on.`,
  noise: 'No signal: the seed cannot be told from the rest. Do not use it.',
  lift: (part: string, lift: string) => `the first ${part} hold ${lift} times as many seeds as chance`,
  labelled: (share: string) =>
    `By the model the seed holds at least ${share} of all who are like it, if it is a random part of them.`,
  speaks: 'Speaks for a consumer (+), or against (−)',
  removed: (id: string) => `Lookalike ${id} is removed.`,
  unlisted: (name: string) => `The list ${name} is removed.`,
};

export const growColumns = {
  seed: 'Seed',
  auc: 'AUC',
  signal: 'Signal',
  caught: 'Seeds found',
  density: 'Share of seeds',
  alike: 'Alike at most',
  id_type: 'Identifiers',
  given: 'Given',
  usable: 'Usable',
  matched: 'Known',
};
