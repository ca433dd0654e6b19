import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

export interface TabDefinition<Id extends string> {
  id: Id;
  label: string;
}

interface TabsProps<Id extends string> {
  name: string;
  label: string;
  tabs: readonly TabDefinition<Id>[];
  selected: Signal<Id>;
  /** The one that is shown, where the selected one is not among the tabs. */
  shown?: Id;
  /** What stands at the right of the tabs. */
  extra?: ComponentChildren;
  children: ComponentChildren;
}

/** A row of tabs with the panel of the selected one, whose content is given as the child. */
export function Tabs<Id extends string>({
  name,
  label,
  tabs,
  selected,
  shown = selected.value,
  extra,
  children,
}: TabsProps<Id>) {
  function onKeyDown(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.id === shown);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length)!;
    selected.value = tab.id;
    document.getElementById(`${name}-tab-${tab.id}`)?.focus();
  }
  return (
    <>
      <div class="tab-bar">
        <div role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${name}-tab-${tab.id}`}
              aria-selected={tab.id === shown}
              aria-controls={`${name}-panel`}
              tabIndex={tab.id === shown ? 0 : -1}
              onClick={() => {
                selected.value = tab.id;
              }}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {extra}
      </div>
      <div class="tab-panel" role="tabpanel" tabIndex={0} id={`${name}-panel`} aria-labelledby={`${name}-tab-${shown}`}>
        {children}
      </div>
    </>
  );
}
