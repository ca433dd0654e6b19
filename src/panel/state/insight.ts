import { asBoolean, asNumberWithin, asOneOf, type PreferenceStorage, preference } from './preference';

export type InsightTab = 'kinds' | 'pairs' | 'timeline' | 'health';

/** The drawer that tells what is going on: whether it is open, on which tab and how high (CSS pixels), as it was left. */
export function createInsight(storage: PreferenceStorage) {
  const open = preference(storage, 'insightOpen', false, asBoolean);
  return {
    open,
    tab: preference<InsightTab>(
      storage,
      'insightTab',
      'kinds',
      asOneOf<InsightTab>('kinds', 'pairs', 'timeline', 'health'),
    ),
    height: preference(storage, 'insightHeight', 220, asNumberWithin(80, 4000)),
    toggle() {
      open.value = !open.peek();
    },
  };
}
