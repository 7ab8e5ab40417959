import { expect, test } from 'vitest';
import { type LogFields, type LogFormat, type LogLevel, openLogs } from './logs.ts';

const now = () => new Date('2026-07-15T08:00:00.000Z');

function logOf(format: LogFormat, level?: LogLevel) {
  const lines: string[] = [];
  return { lines, logs: openLogs({ format, level, now, write: (line) => void lines.push(line) }) };
}

test.each<[LogFormat, string, LogFields, string]>([
  ['text', 'engine.restart', {}, 'error engine.restart'],
  [
    'text',
    'question.slow',
    { analysis: 'fast', ms: 12.5, message: 'a b' },
    'error question.slow analysis=fast ms=12.5 a b',
  ],
  ['json', 'engine.restart', {}, '{"time":"2026-07-15T08:00:00.000Z","level":"error","event":"engine.restart"}'],
  [
    'json',
    'x',
    { ms: 1, left: null },
    '{"time":"2026-07-15T08:00:00.000Z","level":"error","event":"x","ms":1,"left":null}',
  ],
  [
    'json',
    'x',
    { message: 'two\nlines' },
    '{"time":"2026-07-15T08:00:00.000Z","level":"error","event":"x","message":"two\\nlines"}',
  ],
])('in %s the event %s with %j is one line', (format, event, fields, line) => {
  const { logs, lines } = logOf(format);
  logs.tell('error', event, fields);
  expect(lines).toEqual([line]);
});

test.each([
  ['error live TypeError: it broke', 'error', 'live', 'TypeError: it broke'],
  ['warn disk', 'warn', 'disk', undefined],
  ['something without a level', 'error', 'server', 'something without a level'],
  ['error', 'error', 'server', 'error'],
])('the line "%s" is an event of its level and name', (text, level, event, message) => {
  const { logs, lines } = logOf('json');
  logs.line(text);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: now().toISOString(),
    level,
    event,
    ...(message ? { message } : {}),
  });
});

test('a line of the text log stands as it was said', () => {
  const { logs, lines } = logOf('text');
  logs.line('error live TypeError: it broke');
  expect(lines).toEqual(['error live TypeError: it broke']);
});

test.each<[LogFormat, LogLevel | undefined, LogLevel[]]>([
  ['text', undefined, ['warn', 'error']],
  ['json', undefined, ['info', 'warn', 'error']],
  ['text', 'debug', ['debug', 'info', 'warn', 'error']],
  ['json', 'error', ['error']],
])('in %s with the level %s these are told: %j', (format, level, told) => {
  const { logs, lines } = logOf(format, level);
  for (const each of ['debug', 'info', 'warn', 'error'] as const) logs.tell(each, 'event');
  expect(lines.map((line) => told.find((each) => line.includes(each)))).toEqual(told);
});
