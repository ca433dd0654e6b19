import { otherOrigin } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';

export const id = 'frames';
export const title = 'Frames';
export const explanation = 'Sockets in iframes of this origin and of another. Removing one ends its socket with 1001.';

export function mount(section) {
  const holder = el('div');
  let count = 0;

  const add = (origin) => {
    count += 1;
    const src = `${origin}/frame?name=frame-${count}`;
    holder.append(el('iframe', { title: `Frame ${count}`, name: `frame-${count}`, src }));
  };
  const addSrcdoc = () => {
    count += 1;
    const script = `new WebSocket('ws://${location.host}/echo?from=srcdoc').onopen = (e) => e.target.send('from srcdoc');`;
    const srcdoc = `<meta name="color-scheme" content="light dark"><p style="font:13px system-ui">A srcdoc frame</p><script>${script}</script>`;
    holder.append(el('iframe', { title: `Frame ${count}`, srcdoc }));
  };
  section.append(
    row(
      button('Add: this origin', () => add(location.origin)),
      button('Add: other origin', () => add(otherOrigin())),
      button('Add: srcdoc', addSrcdoc),
      button('Remove one', () => holder.lastElementChild?.remove()),
    ),
    holder,
  );
  return () => {
    add(location.origin);
    add(otherOrigin());
  };
}
