// The parts of ECharts that both sides draw with. What is missing here is drawn blank without an error.
import { use } from 'echarts/core';
import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';

use([LineChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent]);
