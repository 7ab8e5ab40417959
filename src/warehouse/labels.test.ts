import { describe, expect, test } from 'vitest';
import { Labels } from './labels.ts';

describe('labels', () => {
  test('a statement that has not begun at the first kill is killed again', async () => {
    const labels = new Labels();
    const statement = labels.begin('job');
    let kills = 0;
    await labels.cancel('job', async () => {
      kills += 1;
      if (kills === 3) statement.end();
    });
    expect(kills).toBe(3);
    expect(labels.has('job')).toBe(false);
  });

  test('a statement that waits for its reader is not waited for, and may not go on', async () => {
    const labels = new Labels();
    const [held, other] = [labels.begin('job'), labels.begin('other')];
    let dropped = 0;
    held.hold(() => {
      dropped += 1;
    });
    await labels.cancel('job', async () => {});
    expect(() => held.check()).toThrow(expect.objectContaining({ code: 'query_cancelled' }));
    expect(() => other.check()).not.toThrow();
    expect(dropped).toBe(1);
  });

  test('a statement that was cancelled before its reader held it back is dropped at once', async () => {
    const labels = new Labels();
    const statement = labels.begin('job');
    let dropped = false;
    await labels.cancel('job', async () =>
      statement.hold(() => {
        dropped = true;
      }),
    );
    expect(dropped).toBe(true);
  });

  test('a statement that begins after the cancelling bears the label unharmed', async () => {
    const labels = new Labels();
    await labels.cancel('job', async () => {});
    expect(() => labels.begin('job').check()).not.toThrow();
  });

  test('a label is known until its last statement ends', () => {
    const labels = new Labels();
    const [one, two] = [labels.begin('job'), labels.begin('job')];
    one.end();
    expect(labels.has('job')).toBe(true);
    two.end();
    expect(labels.has('job')).toBe(false);
    labels.begin(undefined).end();
    expect(labels.has('')).toBe(false);
  });
});
