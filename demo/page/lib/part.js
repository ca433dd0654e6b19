import { el } from './dom.js';

/** A card of the page: a region named by its heading. */
export function createPart(id, title, explanation) {
  const heading = el('h2', { id: `${id}-title`, textContent: title });
  const section = el('section', { className: 'part', id, 'aria-labelledby': heading.id });
  section.append(heading, el('p', { textContent: explanation }));
  return section;
}
