import type { Panel } from '../state/panel';
import { GoToDialog } from './GoToDialog';
import { NoteDialog } from './NoteDialog';
import { SaveFilterDialog } from './SaveFilterDialog';

/** The dialogs that can be open. Loaded with the first of them. */
export function Dialogs({ panel }: { panel: Panel }) {
  return (
    <>
      {panel.marks.noting.value !== null && <NoteDialog panel={panel} />}
      {panel.layout.goToOpen.value && <GoToDialog panel={panel} />}
      {panel.savedFilters.naming.value && <SaveFilterDialog panel={panel} />}
    </>
  );
}
