import { usePalette } from '../theme/theme.ts';
import { sparkPath } from './sparkPath.ts';

interface SparklineProps {
  /** In order of time; gaps where there is no value. */
  readonly values: readonly (number | null)[];
  /** What the line is and shows, for those who hear it and as its tip. */
  readonly label: string;
  readonly height?: number;
}

const WIDTH = 100;
const ROOM = 2;

/** A line as small as a word, without axes: the shape of what came before a number. It needs no chart engine. */
export function Sparkline({ values, label, height = 32 }: SparklineProps) {
  const palette = usePalette();
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      style={{ display: 'block', width: '100%', height }}
    >
      <title>{label}</title>
      <path
        d={sparkPath(values, WIDTH, height - 2 * ROOM)}
        transform={`translate(0 ${ROOM})`}
        fill="none"
        stroke={palette.accent}
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
