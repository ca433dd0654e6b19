/** Makes an element: properties (those with a dash are attributes), then children (nodes or text). */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

/** A button that runs `action` when clicked. */
export function button(label, action, properties = {}) {
  return el('button', { type: 'button', textContent: label, onclick: action, ...properties });
}

export const row = (...children) => el('div', { className: 'row' }, ...children);
