/** One step of a locator: each narrows what the steps before it found. */
export type Step =
  | { css: string }
  | { nth: number }
  | { role: string; name?: string | { source: string; flags: string }; exact?: boolean };

/**
 * The elements that the steps lead to, in document order. It is sent to the browser as source, so it uses nothing from
 * outside itself. Role and name follow WAI-ARIA and accname as far as this panel needs: explicit roles, the common
 * implicit ones, and names from `aria-labelledby`, `aria-label`, labels, contents, `title` and `placeholder`.
 */
export function findElements(steps: Step[]): Element[] {
  const implicitRoles: Record<string, string> = {
    A: 'link',
    ARTICLE: 'article',
    BUTTON: 'button',
    DIALOG: 'dialog',
    IMG: 'img',
    LI: 'listitem',
    NAV: 'navigation',
    OPTION: 'option',
    OUTPUT: 'status',
    PROGRESS: 'progressbar',
    TEXTAREA: 'textbox',
    UL: 'list',
  };
  const inputRoles: Record<string, string> = {
    button: 'button',
    checkbox: 'checkbox',
    number: 'spinbutton',
    radio: 'radio',
    range: 'slider',
    reset: 'button',
    search: 'searchbox',
    submit: 'button',
  };
  const namedByContents =
    /^(button|cell|checkbox|columnheader|gridcell|heading|link|menuitem(checkbox|radio)?|option|radio|row|switch|tab|treeitem)$/;

  const roleOf = (element: Element): string | undefined => {
    const explicit = element.getAttribute('role')?.trim().split(/\s+/)[0];
    if (explicit) return explicit;
    if (element instanceof HTMLInputElement) return inputRoles[element.type] ?? 'textbox';
    if (element instanceof HTMLSelectElement) return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    if (/^H[1-6]$/.test(element.tagName)) return 'heading';
    if (element.tagName === 'SECTION') return nameOf(element, 'region') ? 'region' : undefined;
    return implicitRoles[element.tagName];
  };
  const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const shown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden="true"]');
  const contents = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || !shown(node)) return '';
    const own = node.getAttribute('aria-label') ?? (node instanceof HTMLImageElement ? node.alt : null);
    if (own !== null) return own;
    const inner = [...node.childNodes].map(contents).join('');
    return getComputedStyle(node).display === 'inline' ? inner : ` ${inner} `;
  };
  const labelsOf = (element: Element): string => {
    const labels = (element as HTMLInputElement).labels;
    return labels ? [...labels].map((label) => squeezed(contents(label))).join(' ') : '';
  };
  const nameOf = (element: Element, role: string | undefined): string => {
    const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
    const labelled = ids.map((id) => document.getElementById(id)).filter((label) => label !== null);
    if (labelled.length > 0)
      return squeezed(labelled.map((one) => one.getAttribute('aria-label') ?? one.textContent).join(' '));
    const fromContents =
      role !== undefined && namedByContents.test(role) ? [...element.childNodes].map(contents).join('') : '';
    const sources = [
      element.getAttribute('aria-label') ?? '',
      labelsOf(element),
      element.getAttribute('alt') ?? '',
      fromContents,
      element.getAttribute('title') ?? '',
      element.getAttribute('placeholder') ?? '',
    ];
    return squeezed(sources.find((text) => text.trim() !== '') ?? '');
  };
  const named = (
    name: string,
    step: { name?: string | { source: string; flags: string }; exact?: boolean },
  ): boolean => {
    if (step.name === undefined) return true;
    if (typeof step.name !== 'string') return new RegExp(step.name.source, step.name.flags).test(name);
    const wanted = squeezed(step.name);
    return step.exact ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase());
  };

  let found: Element[] = [document.documentElement];
  for (const step of steps) {
    if ('nth' in step) {
      found = found.slice(step.nth).slice(0, 1);
      continue;
    }
    const inside = found.flatMap((root) => [...root.querySelectorAll('css' in step ? step.css : '*')]);
    const once = [...new Set(inside)];
    found =
      'css' in step
        ? once
        : once.filter((one) => roleOf(one) === step.role && shown(one) && named(nameOf(one, step.role), step));
  }
  return found;
}
