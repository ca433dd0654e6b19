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
  /** What stands at the right of the tabs. */
  extra?: ComponentChildren;
  children: ComponentChildren;
}

/** A row of tabs with the panel of the selected one, whose content is given as the child. */
export function Tabs<Id extends string>({ name, label, tabs, selected, extra, children }: TabsProps<Id>) {
  function onKeyDown(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.id === selected.peek());
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
              aria-selected={tab.id === selected.value}
              aria-controls={`${name}-panel`}
              tabIndex={tab.id === selected.value ? 0 : -1}
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
      <div class="tab-panel" role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-tab-${selected.value}`}>
        {children}
      </div>
    </>
  );
}
