import type { ComponentType } from 'preact';
import type { InsightTab } from '../../state/insight';
import type { Panel } from '../../state/panel';
import { Lazy } from '../Lazy';
import { Splitter } from '../Splitter';
import { type TabDefinition, Tabs } from '../Tabs';
import { ToolButton } from '../ToolButton';

type InsightView = ComponentType<{ panel: Panel }>;

const TABS: readonly TabDefinition<InsightTab>[] = [
  { id: 'kinds', label: 'Kinds' },
  { id: 'pairs', label: 'Pairs' },
  { id: 'timeline', label: 'Timeline' },
  { id: 'health', label: 'Health' },
];

const LOAD: Record<InsightTab, () => Promise<InsightView>> = {
  kinds: () => import('./KindsView').then((module) => module.KindsView),
  pairs: () => import('./PairsView').then((module) => module.PairsView),
  timeline: () => import('./TimelineView').then((module) => module.TimelineView),
  health: () => import('./HealthView').then((module) => module.HealthView),
};

/** What is going on in the selected connection, or in all of them. */
export function InsightDrawer({ panel }: { panel: Panel }) {
  const { insight } = panel;
  const tab = insight.tab.value;
  const found = panel.health.findingsOf(panel.connection.value).length;
  return (
    <>
      <Splitter label="Height of Insight" axis="y" size={insight.height} grows="before" />
      <section class="insight" aria-label="Insight" style={{ height: `${insight.height.value}px` }}>
        <Tabs
          name="insight"
          label="Insight"
          tabs={
            found === 0
              ? TABS
              : TABS.map((each) => (each.id === 'health' ? { ...each, label: `Health (${found})` } : each))
          }
          selected={insight.tab}
          extra={
            <ToolButton
              icon="close"
              label="Close Insight"
              onClick={() => {
                insight.toggle();
                panel.focusFrames.current();
              }}
            />
          }
        >
          <Lazy key={tab} load={LOAD[tab]} props={{ panel }} failed={panel.failed} />
        </Tabs>
      </section>
    </>
  );
}
