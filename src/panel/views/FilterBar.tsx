import { typedProblems } from '../state/filter';
import type { Panel } from '../state/panel';
import { FilterInput } from './FilterInput';
import { FilterProblems } from './FilterProblems';
import { Lazy } from './Lazy';
import { savedFiltersMenu } from './savedFiltersMenu';
import { ToolButton } from './ToolButton';

const loadHelp = () => import('./FilterHelp').then((module) => module.FilterHelp);

/** The filter box and its chips. */
export function FilterBar({ panel }: { panel: Panel }) {
  const { filter, frames, layout, menu } = panel;
  const text = filter.text.value;
  const view = frames.state.value;
  const problems = typedProblems(view.problems, filter.combined.value.typedAt, text.length);
  return (
    <div class="filter-bar">
      <FilterInput panel={panel} hasProblem={problems.length > 0} />
      <ToolButton
        icon="help"
        label="Filter help"
        title="What can be typed here"
        class="small"
        onClick={() => {
          layout.helpOpen.value = true;
        }}
      />
      <ToolButton
        icon="star"
        label="Saved filters"
        class="small"
        expanded={menu.current.value?.label === 'Saved filters'}
        onClick={(event) =>
          menu.open(() => savedFiltersMenu(panel), event.currentTarget as HTMLElement, 'Saved filters')
        }
      />
      <Chips panel={panel} />
      <FilterProblems text={text} problems={problems} stopped={view.stopped} />
      {layout.helpOpen.value && <Lazy load={loadHelp} props={{ panel }} failed={panel.failed} />}
    </div>
  );
}

function Chips({ panel }: { panel: Panel }) {
  const { filter } = panel;
  return (
    <fieldset class="chips">
      <legend class="off-screen">Show only</legend>
      <Chip label="Sent" on={filter.direction.value === 'sent'} toggle={() => filter.toggleDirection('sent')} />
      <Chip
        label="Received"
        on={filter.direction.value === 'received'}
        toggle={() => filter.toggleDirection('received')}
      />
      <span class="divider" />
      <Chip label="Text" on={filter.kinds.value.has('text')} toggle={() => filter.toggleKind('text')} />
      <Chip label="Binary" on={filter.kinds.value.has('binary')} toggle={() => filter.toggleKind('binary')} />
      <Chip label="Events" on={filter.kinds.value.has('events')} toggle={() => filter.toggleKind('events')} />
    </fieldset>
  );
}

function Chip({ label, on, toggle }: { label: string; on: boolean; toggle(): void }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={toggle}>
      {label}
    </button>
  );
}
