import { render } from 'preact';
import { listenForPorts } from './listenForPorts';
import { portTransport } from './portTransport';
import { watchNarrow } from './state/narrow';
import { createPanel } from './state/panel';
import { followTheme } from './theme';
import { App } from './views/App';

const panel = createPanel({ storage: localStorage, now: () => Date.now(), narrow: watchNarrow(window) });
const applyTheme = followTheme(document.documentElement);
listenForPorts(window, (store, recorder, theme) => {
  applyTheme(theme);
  panel.link.connect(portTransport(store), portTransport(recorder));
});
render(<App panel={panel} />, document.getElementById('panel')!);
