import { render } from 'preact';
import { listenToDevtoolsPage } from './listenToDevtoolsPage';
import { portTransport } from './portTransport';
import { watchNarrow } from './state/narrow';
import { createPanel } from './state/panel';
import { followTheme } from './theme';
import { App } from './views/App';

const panel = createPanel({ storage: localStorage, now: () => Date.now(), narrow: watchNarrow(window) });
listenToDevtoolsPage(
  window,
  (store, recorder) => panel.link.connect(portTransport(store), portTransport(recorder)),
  followTheme(document.documentElement),
);
render(<App panel={panel} />, document.getElementById('panel')!);
