import type { PictureFormat } from '../src/shared/panelProtocol';
import { button } from './controls';
import { element } from './dom';
import { t } from './words';

const formats: readonly { readonly format: PictureFormat; readonly label: string }[] = [
  { format: 'png', label: t('Save as PNG') },
  { format: 'svg', label: t('Save as SVG') },
  { format: 'csv', label: t('Save as CSV') },
];

/** A button that opens a small menu: arrows move, Enter chooses, Escape closes. */
export function saveMenu(chart: string, save: (format: PictureFormat) => void): HTMLElement {
  const items = formats.map(({ format, label }) => {
    const item = element('button', { role: 'menuitem', type: 'button', tabindex: '-1' }, label);
    item.addEventListener('click', () => {
      close(true);
      save(format);
    });
    return item;
  });
  const menu = element('div', { role: 'menu', class: 'menu', 'aria-label': t('Save: {0}', chart), hidden: true }, ...items);
  const opener = button({ label: t('Save: {0}', chart), icon: 'save', look: 'icon', onClick: () => (menu.hidden ? open() : close(true)) });
  opener.element.setAttribute('aria-haspopup', 'menu');
  opener.element.setAttribute('aria-expanded', 'false');
  const root = element('div', { class: 'save' }, opener.element, menu);

  function open(): void {
    menu.hidden = false;
    opener.element.setAttribute('aria-expanded', 'true');
    items[0]?.focus();
  }
  function close(focus: boolean): void {
    menu.hidden = true;
    opener.element.setAttribute('aria-expanded', 'false');
    if (focus) opener.element.focus();
  }
  menu.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item === document.activeElement);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    const move = moves[event.key];
    if (event.key === 'Escape') close(true);
    else if (move !== undefined) items[(move + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) close(false);
  });
  return root;
}
