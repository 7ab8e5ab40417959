/** Words of the program's own in quotes; engines and parsers put values there. */
const own = [TypeError, ReferenceError];

const quoted = /(['"`])(?:(?!\1)[\s\S])*\1/g;
/** A telephone number, a card, an order: any run of digits that is longer than a year. */
const digits = /\d[\d -]{3,}\d/g;
const email = /[^\s@'"(),;]+@[^\s@'"(),;]+/g;
/** A token, a key, a digest. */
const token = /[\w-]{24,}/g;

/** What the warehouse's engine says, up to the statement: it repeats the values it was given, quoted or not. */
const engine = /^(?:[\s\S]*?DB::Exception:[\s\S]*?(?=\n {2}in: |$)|[\s\S]*?(?=\n {2}in: ))/;

function withoutEngine(head: string): string {
  const [said = ''] = engine.exec(head) ?? [];
  if (said === '') return head;
  const number = /Code: \d{1,4}/.exec(said)?.[0] ?? 'Code unknown';
  const name = /\(([A-Z_]{3,60})\)\s*$/.exec(said)?.[0] ?? '';
  return `the warehouse’s engine, ${[number, name].filter(Boolean).join(' ')}${head.slice(said.length)}`;
}

/** What went wrong as one line of a log: where in the program, and the message without any value that it quotes. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return masked(String(error));
  const { message, stack = '' } = error;
  // Note: frames begin after the message, which may itself hold lines that look like frames.
  const frames = stack.slice(Math.max(0, stack.indexOf(message)) + message.length).split(/\n {4}(?=at )/);
  const isOwn = own.some((each) => error instanceof each);
  const said = masked(isOwn ? message : withoutEngine(message).replace(quoted, '$1…$1'));
  return [`${error.name}: ${said}`, ...frames.slice(1).map((frame) => frame.trim())].join(' | ');
}

const masked = (text: string): string =>
  text
    .replace(email, '…')
    .replace(token, '…')
    .replace(digits, '…')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]\s*/gu, ' ');
