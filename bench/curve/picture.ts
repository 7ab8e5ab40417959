import type { Kind, Line } from './lines.ts';

const WIDTH = 960;
const PLOT = { left: 64, right: 740, top: 64 };
/** Height of a label's line, and so the least distance between two. */
const LABEL = 14;
const LEAST_HEIGHT = 320;

const inks: Readonly<Record<Kind, string>> = {
  question: '#2f6fb0',
  audience: '#b3541e',
  import: '#4d7a3a',
  limit: '#8a8f98',
};

/** Whole powers of ten that hold every value, as exponents. */
export function decades(values: readonly number[]): { readonly from: number; readonly to: number } {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length === 0) return { from: 0, to: 1 };
  const from = Math.floor(Math.min(...logs));
  return { from, to: Math.max(from + 1, Math.ceil(Math.max(...logs))) };
}

/** Moves places apart until neighbours are `gap` away, none above `top`; the order stays, and each moves no further than it must. */
export function spread(places: readonly number[], gap: number, top: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const groups: { ideal: number; members: number[] }[] = [];
  for (const { place, i } of order) {
    let group = { ideal: place, members: [i] };
    // a group begins so that its members lie, on the average, where they would like to
    for (let last = groups.at(-1); last && last.ideal + last.members.length * gap > group.ideal; last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      const wanted = members.reduce((sum, each, n) => sum + (places[each] ?? 0) - n * gap, 0) / members.length;
      group = { ideal: Math.max(top, wanted), members };
    }
    groups.push(group);
  }
  const moved = [...places];
  for (const { ideal, members } of groups)
    members.forEach((each, n) => {
      moved[each] = ideal + n * gap;
    });
  return moved;
}

/** `1 M`, `100 M`, `1 B`. */
export function sizeText(events: number): string {
  if (events >= 1e9) return `${events / 1e9} B`;
  return events >= 1e6 ? `${events / 1e6} M` : `${events / 1e3} k`;
}

/** `1 ms`, `0.1 s`, `100 s`. */
export function timeText(seconds: number): string {
  return seconds < 0.1 ? `${Number((seconds * 1000).toPrecision(3))} ms` : `${Number(seconds.toPrecision(3))} s`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Frame {
  readonly x: (events: number) => number;
  readonly y: (seconds: number) => number;
  readonly grid: string;
  readonly height: number;
}

/** Both axes in powers of ten, as tall as the labels need. */
function frameOf(lines: readonly Line[]): Frame {
  const points = lines.flatMap((line) => line.points);
  const [wide, tall] = [decades(points.map(({ events }) => events)), decades(points.map(({ seconds }) => seconds))];
  const bottom = PLOT.top + Math.max(LEAST_HEIGHT, lines.length * LABEL);
  const share = (value: number, { from, to }: typeof wide) =>
    (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from);
  const x = (events: number) => PLOT.left + share(events, wide) * (PLOT.right - PLOT.left);
  const y = (seconds: number) => bottom - share(seconds, tall) * (bottom - PLOT.top);
  const powers = ({ from, to }: typeof wide) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const across = powers(tall).map(
    (value) =>
      `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" class="grid"/>` +
      `<text x="${PLOT.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${timeText(value)}</text>`,
  );
  const along = powers(wide).map(
    (value) =>
      `<line x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="${PLOT.top}" y2="${bottom}" class="grid"/>` +
      `<text x="${x(value).toFixed(1)}" y="${bottom + 18}" text-anchor="middle">${sizeText(value)}</text>`,
  );
  const title = `<text x="${(PLOT.left + PLOT.right) / 2}" y="${bottom + 38}" text-anchor="middle">events</text>`;
  return { x, y, grid: [...across, ...along, title].join('\n'), height: bottom + 52 };
}

/** Lines on two logarithmic axes, each with its name and last value beside it. */
export function pictureOf(title: string, lines: readonly Line[]): string {
  const { x, y, grid, height } = frameOf(lines);
  const ends = lines.map(({ points }) => points.at(-1) ?? { events: 1, seconds: 1 });
  const labels = spread(
    ends.map(({ seconds }) => y(seconds)),
    LABEL,
    PLOT.top,
  );
  const drawn = lines.map(({ name, kind, points }, i) => {
    const end = ends[i] ?? { events: 1, seconds: 1 };
    const label = labels[i] ?? 0;
    const path = points.map(({ events, seconds }) => `${x(events).toFixed(1)},${y(seconds).toFixed(1)}`);
    const ink = inks[kind];
    return [
      `<polyline points="${path.join(' ')}" fill="none" stroke="${ink}" stroke-width="1.5"${kind === 'limit' ? ' stroke-dasharray="4 3"' : ''}/>`,
      ...path.map((at) => `<circle cx="${at.split(',')[0]}" cy="${at.split(',')[1]}" r="2.2" fill="${ink}"/>`),
      `<line x1="${(x(end.events) + 4).toFixed(1)}" y1="${y(end.seconds).toFixed(1)}" x2="${PLOT.right + 16}" y2="${label.toFixed(1)}" stroke="${ink}" stroke-opacity="0.35" stroke-width="0.7"/>`,
      `<text x="${PLOT.right + 20}" y="${(label + 4).toFixed(1)}" fill="${ink}">${escaped(name)} ${timeText(end.seconds)}</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>svg{fill:#555b66}text{font:11px system-ui,sans-serif;font-variant-numeric:tabular-nums}.grid{stroke:#e6e8ec}.title{font-size:15px;fill:#1c2230}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${PLOT.left}" y="34" class="title">${escaped(title)}</text>
${grid}
${drawn.join('\n')}
</svg>
`;
}
