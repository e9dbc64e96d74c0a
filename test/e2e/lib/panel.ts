/** The panel as a user and a screen reader find it. */

import type { Frame, Locator, Page } from 'playwright-core';
import { until } from './world';

/**
 * The page of a panel that is visible now. A webview is two nested frames; the inner one has our page.
 * @param words what the view that it shows must have in it
 */
export async function panelFrame(page: Page, { seconds = 60, words = '' } = {}): Promise<Frame> {
  const found = await until(
    words === '' ? 'the panel' : `the panel with "${words}"`,
    () => findPanel(page, words),
    (frame) => frame !== undefined,
    seconds,
  );
  return found!;
}

async function findPanel(page: Page, words: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    if (frame === page.mainFrame() || frame.isDetached()) continue;
    try {
      const there = await frame.evaluate(
        (wanted) =>
          document.querySelector('#panel [role="tabpanel"]:not([hidden])')?.textContent.includes(wanted) === true &&
          !document.hidden &&
          window.innerWidth > 0,
        words,
      );
      if (there) return frame;
    } catch {
      // The frame has just gone.
    }
  }
  return undefined;
}

/** What matches in the view that is shown. */
export function shown(frame: Frame, selector: string): Locator {
  return frame.locator(`[role="tabpanel"]:not([hidden]) ${selector}`);
}

/** A button by its name as it is said. */
export function button(frame: Frame, name: string): Locator {
  return frame.getByRole('button', { name, exact: true });
}

export async function verdict(frame: Frame): Promise<string> {
  return (await shown(frame, '.verdict-words').textContent()) ?? '';
}

/** State, objective and settings of the run shown. */
export async function about(frame: Frame): Promise<string> {
  return (await shown(frame, '.about').textContent()) ?? '';
}

/** Waits for the state of the run shown: how the line about it begins. */
export async function runState(frame: Frame, state: string, seconds = 90): Promise<void> {
  await until(
    `a run that is "${state}"`,
    () => about(frame),
    (text) => text.startsWith(state),
    seconds,
  );
}

/** The step that the figures show. */
export async function step(frame: Frame): Promise<number> {
  const text = await shown(frame, '.status dd').first().textContent();
  return Number((text ?? '').split('/')[0]!.replace(/\D/g, ''));
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads the table of a card, which is open only meanwhile where it was not open before, as after a reload it may be. */
export async function tables(frame: Frame, card: string): Promise<readonly Table[]> {
  const details = frame.locator(`#${card} details`);
  const wasOpen = await details.evaluate((element) => (element as HTMLDetailsElement).open);
  if (!wasOpen) await details.locator('summary').click();
  await frame.locator(`#${card} .tables table`).first().waitFor();
  const found = await frame.locator(`#${card} .tables table`).evaluateAll((all) =>
    all.map((table) => ({
      caption: table.querySelector('caption')?.textContent ?? '',
      columns: [...table.querySelectorAll('thead th')].map((cell) => cell.textContent),
      rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
    })),
  );
  if (!wasOpen) await details.locator('summary').click();
  return found;
}

/** A number as tables write it. */
export function numberOf(text: string | undefined): number {
  return Number((text ?? '').replace('−', '-').replace(/\s/g, ''));
}

/** Largest difference of a run's mode weights from those of the data, by the table. */
export async function worstWeight(frame: Frame, run: string): Promise<{ readonly modes: number; readonly worst: number }> {
  const [table] = await tables(frame, 'modes');
  const column = (name: string): number => table!.columns.indexOf(name);
  const rows = table!.rows.filter((row) => row[column('run')] === run);
  const errors = rows.map((row) => Math.abs(numberOf(row[column('weight')]) - numberOf(row[column('weight in the data')])));
  return { modes: rows.length, worst: Math.max(...errors) };
}

export interface PictureFacts {
  /** Differs where the picture does. */
  readonly sum: number;
  readonly colours: number;
}

export async function picture(frame: Frame, card: string): Promise<PictureFacts> {
  return frame
    .locator(`#${card} canvas`)
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [canvas.width, canvas.height];
      const context = copy.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas, 0, 0);
      const words = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
      let sum = 0;
      for (const [index, word] of words.entries()) sum = (sum + word * ((index % 251) + 1)) % 1_000_000_007;
      return { sum, colours: new Set(words).size };
    });
}

/**
 * Relative luminance, 0 to 1, of a density's picture around places in the units of the data, by the coordinates that it tells the mouse.
 * @param plane which of the pictures side by side, from 0
 */
export async function brightnessAt(
  frame: Frame,
  plane: number,
  places: readonly (readonly [number, number])[],
): Promise<readonly number[]> {
  const canvas = frame.locator('#density canvas');
  const [first, second] = [await hover(frame, canvas, 80, 80), await hover(frame, canvas, 140, 140)];
  // A cross follows the mouse in each of the pictures.
  const crosses = await frame.locator('.crosses i').evaluateAll((all) => all.map((cross) => cross.getBoundingClientRect().left));
  const shift = crosses[plane]! - crosses[0]!;
  const pixel = (value: number, axis: 0 | 1): number => 80 + (60 * (value - first[axis])) / (second[axis] - first[axis]);
  const pixels = places.map(([x, y]): [number, number] => [shift + pixel(x, 0), pixel(y, 1)]);
  return canvas.evaluate((element, wanted) => {
    const source = element as HTMLCanvasElement;
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [source.width, source.height];
    const context = copy.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(source, 0, 0);
    const scale = source.width / source.clientWidth;
    return wanted.map(([x, y]) => {
      const { data } = context.getImageData(Math.round(x * scale) - 2, Math.round(y * scale) - 2, 5, 5);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += 0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]!;
      return sum / (data.length / 4) / 255;
    });
  }, pixels);
}

/** Coordinates of a place of the picture, in the units of the data. */
async function hover(frame: Frame, canvas: Locator, x: number, y: number): Promise<readonly [number, number]> {
  const readOut = frame.locator('.read-out');
  const before = await readOut.textContent();
  await canvas.hover({ position: { x, y } });
  const text = await until(
    'coordinates',
    () => readOut.textContent(),
    (said) => (said ?? '').startsWith('x₁') && said !== before,
  );
  const [, first, second] = /^x₁ ([^,]+), x₂ ([^ ]+)/.exec(text ?? '') ?? [];
  return [numberOf(first), numberOf(second)];
}
