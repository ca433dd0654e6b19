import { useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { Dialog } from './Dialog';

/** Asks for the name of a filter, and for which sites it is. */
export function SaveFilterDialog({ panel }: { panel: Panel }) {
  const { savedFilters, filter, recording } = panel;
  const name = useRef<HTMLInputElement>(null);
  const here = useRef<HTMLInputElement>(null);
  const site = recording.state.value?.site ?? '';
  return (
    <Dialog
      label="Save filter"
      action="Save"
      close={() => {
        savedFilters.naming.value = false;
      }}
      submit={(shut) => {
        const { query } = filter.combined.peek();
        savedFilters.save({
          name: name.current!.value.trim() || query,
          query,
          site: here.current?.checked ? site : null,
        });
        shut();
      }}
    >
      <label>
        Name
        <input ref={name} type="text" placeholder={filter.combined.value.query} maxLength={100} />
      </label>
      {site && (
        <label class="check">
          <input ref={here} type="checkbox" />
          For {site} only
        </label>
      )}
    </Dialog>
  );
}
