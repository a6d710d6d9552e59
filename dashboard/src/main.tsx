import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/panels.css';
import './styles/charts.css';
import { render } from 'preact';
import { listenForKeys } from './app/keys.ts';
import { followTitle, Shell } from './app/shell.tsx';
import { followUpdates } from './app/update.ts';
import { followOverall } from './data/overall.ts';

followOverall();
followTitle();
followUpdates();
listenForKeys();
const root = document.getElementById('app');
if (root !== null) render(<Shell />, root);
