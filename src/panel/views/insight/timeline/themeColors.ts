/** A colour of the theme as the browser resolves it here: a canvas cannot read custom properties. */
export function themeColor(host: HTMLElement, name: string, opacity = 1): string {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.color = `color-mix(in srgb, var(${name}) ${opacity * 100}%, transparent)`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Calls `changed` when DevTools has another theme. @returns what ends that */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', changed);
  };
}
