/** How much is told, from the most. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** `json`: an object a line, for programs; `text`: for people. */
export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** What is told beside the name of an event: never an identifier, a secret, or what somebody sent. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where a server tells what happens to it, event by event. */
export interface Logs {
  tell(level: LogLevel, event: string, fields?: LogFields): void;
  /** An event as the parts below say it: its level, its name, and the rest as text. */
  line(text: string): void;
}

export interface LogsOptions {
  readonly format: LogFormat;
  /** Events below it are not told; `info` of `json` and `warn` of `text` when absent. */
  readonly level?: LogLevel | undefined;
  readonly now: () => Date;
  /** Takes a line without its end; that of `text` is still without its time. */
  write(line: string, format: LogFormat): void;
}

export function openLogs({ format, level, now, write }: LogsOptions): Logs {
  const least = logLevels.indexOf(level ?? (format === 'json' ? 'info' : 'warn'));
  const lineOf = { json: jsonLine, text: textLine }[format];
  const tell: Logs['tell'] = (each, event, fields = {}) => {
    if (logLevels.indexOf(each) >= least) write(lineOf(now(), each, event, fields), format);
  };
  return { tell, line: (text) => tell(...partsOf(text)) };
}

/** Note: the names of an event's own fields cannot hide the first three. */
function jsonLine(now: Date, level: LogLevel, event: string, fields: LogFields): string {
  return JSON.stringify({ time: now.toISOString(), level, event, ...fields });
}

function textLine(_: Date, level: LogLevel, event: string, { message, ...fields }: LogFields): string {
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [level, event, ...rest, ...(message === undefined ? [] : [message])].join(' ');
}

/** Note: a text that does not begin with a level is told as an error, for nobody says what is well. */
function partsOf(text: string): [LogLevel, string, LogFields] {
  const [, level, event, message] = /^(debug|info|warn|error) (\S+) ?([\s\S]*)$/.exec(text) ?? [];
  if (level === undefined || event === undefined) return ['error', 'server', { message: text }];
  return [level as LogLevel, event, message ? { message } : {}];
}
