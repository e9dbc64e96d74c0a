/** Making elements without HTML strings, which the page's policy and good sense forbid. */

type Child = Node | string;

/** An element with attributes and children; an attribute that is false is left out, one that is true is empty. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

export function setAttributes(target: Element, attributes: Readonly<Record<string, string | boolean>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : value);
  }
}

/** Sets the text where it differs: the page is not laid out again, and a screen reader not woken, for nothing. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

const svg = 'http://www.w3.org/2000/svg';

/** Outlines of 16 by 16, drawn in the colour of the text. */
const outlines = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4.5 3v10M11.5 3v10',
  stop: 'M3.5 3.5h9v9h-9z',
  step: 'M3.5 3v10l6-5zM12.5 3v10',
  restart: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 1.8v3.4H9.8',
  save: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  good: 'M2.8 8.6 6.4 12l6.8-8',
  warn: 'M8 2.2 14.3 13.5H1.7zM8 6.4v3.4M8 11.4v.6',
  bad: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.2v4M8 4.6v.7',
  unknown: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6.2 6.3A1.9 1.9 0 1 1 8 8.6v.7M8 11.2v.5',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  blind: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM2.5 13.5l11-11',
  zoomIn: 'M7 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6zM10.5 10.5 14 14M7 4.9v4.2M4.9 7h4.2',
  zoomOut: 'M7 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6zM10.5 10.5 14 14M4.9 7h4.2',
  whole: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export type IconName = keyof typeof outlines;

const solid: ReadonlySet<IconName> = new Set(['play', 'stop']);

/** A picture for those who see it; what it means must stand beside it, or in a label. */
export function icon(name: IconName): SVGSVGElement {
  const made = document.createElementNS(svg, 'svg');
  setAttributes(made, { viewBox: '0 0 16 16', class: solid.has(name) ? 'icon solid' : 'icon', 'aria-hidden': 'true' });
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', outlines[name]);
  made.append(path);
  return made;
}
