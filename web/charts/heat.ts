import { HeatmapChart } from 'echarts/charts';
import { VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { init } from './engine.ts';

use([HeatmapChart, VisualMapComponent]);

/** The engine with what heat maps need besides, which no first page draws. */
export { init };
