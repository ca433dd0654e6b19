const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 16;

/** Draws counts as a small area in a cell, the highest as high as the cell. */
export function paintSparkline(cell: HTMLElement, counts: readonly number[]): void {
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const path = pathOf(cell);
  const points = counts.map((count, at) => {
    const y = HEIGHT - (count / most) * HEIGHT;
    return `${at} ${y}H${at + 1}`;
  });
  path.setAttribute('d', `M0 ${HEIGHT}L${points.join('L')}V${HEIGHT}Z`);
  cell.title =
    total === 0 ? 'None in the last minute of the log' : `${total} in the last minute, at most ${most} a second`;
}

function pathOf(cell: HTMLElement): SVGPathElement {
  const known = cell.querySelector('path');
  if (known !== null) return known;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'sparkline');
  svg.setAttribute('viewBox', `0 0 60 ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  svg.append(path);
  cell.append(svg);
  return path;
}
