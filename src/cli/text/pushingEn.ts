/** Help of the commands that send audiences somewhere, in English. */
export const pushCommands = {
  destination: {
    is: 'places that audiences are sent to: a file, a webhook, S3, Ocean Engine, Tencent Ads',
    examples: [
      ['destination list --kinds', 'what there is, and which settings each wants'],
      ['destination add crm --kind webhook --set url=https://crm.example.com/in', 'signed; its secret is told once'],
    ],
  },
  destinationAdd: {
    is: 'add a place to send to',
    name: 'a name that no other destination has',
    kind: 'file, webhook, s3, oceanengine or tencent',
    set: 'a setting as name=value, or name=@file for a secret',
    examples: [
      ['destination add hand --kind file', 'CSV or XLSX, uploaded by hand'],
      [
        'destination add ocean --kind oceanengine --set advertiser_id=1700000000000001 access_token=@token',
        'secrets are sealed',
      ],
    ],
  },
  destinationList: {
    is: 'every destination; its secrets are named, not shown',
    kinds: 'the kinds there are, in place of the destinations',
    examples: [
      ['destination list', 'names and settings'],
      ['destination list --kinds', 'settings in brackets may be left out'],
    ],
  },
  destinationRemove: {
    is: 'remove a destination that no push goes to',
    name: 'its name',
    examples: [
      ['destination remove hand', 'remove its pushes first'],
      ['destination remove hand --format json', 'prints {"name"}'],
    ],
  },
  push: {
    is: 'send audiences somewhere, with a control held out to compare with',
    examples: [
      ['push create june --audience carted --to hand --identifiers phone:md5', 'a tenth is kept as control'],
      ['push run june', 'sends what has changed since the last run'],
    ],
  },
  pushCreate: {
    is: 'make a push; nothing is sent yet',
    name: 'a name that no other push has',
    audience: 'name of a saved audience',
    to: 'name of a destination',
    identifiers: 'type:form joined by commas, such as phone:sha256,oaid:md5; without it all that the destination names',
    holdout: 'share of consumers kept out at random, 0 to 0.5; without it 0.1',
    minimum: 'fewer consumers than this are not sent; without it 100',
    cap: 'at most so many pushes a consumer in so many days over all destinations, such as 3/30',
    purpose: 'whoever refused this purpose last (consent.PURPOSE) is not sent',
    exclude: 'saved audiences joined by commas whose members are not sent',
    cron: 'five fields: runs by itself then, while a server runs',
    afterRefresh: 'runs by itself when the audience was found anew, while a server runs',
    examples: [
      ['push create june --audience carted --to hand --identifiers phone:md5', 'a tenth is kept as control'],
      [
        `push create daily --audience carted --to ocean --holdout 0.2 --cap 3/30 --cron '0 9 * * *'`,
        'every day at nine',
      ],
    ],
  },
  pushRun: {
    is: 'send the differences between the audience and what was delivered before',
    more: 'A run that was cut short goes on. Consent, suppression, limits and the control are looked at each time.',
    name: 'its name',
    on: 'day to run for, as if it were today',
    preview: 'say what would be sent, and send nothing',
    examples: [
      ['push run june --preview', 'who would be sent, who not and why'],
      ['push run june', 'exit 3 where the push is too small'],
    ],
  },
  pushList: {
    is: 'every push with its last run',
    examples: [
      ['push list', 'names, audiences, destinations'],
      ['push list --format json', 'as an array'],
    ],
  },
  pushShow: {
    is: 'one push in full',
    name: 'its name',
    examples: [
      ['push show june', 'limits, control, last run'],
      ['push show june --format json', 'one object'],
    ],
  },
  pushLog: {
    is: 'what became of each record, the latest run first',
    name: 'its name',
    run: 'this run only',
    limit: 'rows, 1000 at most; without it 100',
    examples: [
      ['push log june', 'consumers by number, never an identifier'],
      ['push log june --run 3 --format csv', 'one run'],
    ],
  },
  pushFile: {
    is: 'the file to upload by hand, as CSV',
    name: 'its name',
    all: 'all that is to stand at the platform, not only what the last run changed',
    examples: [
      ['push file june > june.csv', 'what to add and to remove'],
      ['push file june --all > june.csv', 'the whole audience less its control'],
    ],
  },
  pushRemove: {
    is: 'remove a push with its log and its control',
    name: 'its name',
    examples: [
      ['push remove june', 'what stands at the destination stays there'],
      ['push remove june --format json', 'prints {"name"}'],
    ],
  },
};
