import type { TreeSearch } from '../state/treeSearch';
import { formatCount } from '../text/formatCount';

/** Searches the names and values of the decoded frame; Enter goes on to the next. */
export function TreeSearchBox({ search }: { search: TreeSearch }) {
  const { text, found } = search;
  return (
    <search class="tree-search">
      <span role="status" aria-label="Search result">
        {resultOf(search)}
      </span>
      <input
        type="search"
        aria-label="Search in this frame"
        title="Enter: next, Shift+Enter: previous"
        placeholder="Search"
        spellcheck={false}
        value={text.value}
        aria-invalid={found.value?.paths.length === 0}
        onInput={(event) => search.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void search.next(event.shiftKey);
          else if (event.key === 'Escape' && text.peek()) search.type('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </search>
  );
}

function resultOf({ found, at }: TreeSearch): string {
  const hits = found.value;
  if (!hits) return '';
  const count = formatCount(hits.paths.length);
  if (hits.paths.length === 0) return hits.complete ? 'Not found' : '';
  return `${formatCount(at.value + 1)} of ${count}${hits.complete ? '' : '+'}`;
}
