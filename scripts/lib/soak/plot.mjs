/** Draws a recording as SVG, dark on light: one plot under the other, over the same minutes. */

/** @typedef {import('./samples.mjs').Recording} Recording */

const width = 900;
const plotHeight = 150;
const gap = 62;
const left = 64;
const right = 190;
const top = 40;
/** Colours that also those tell apart who do not see red and green (Okabe and Ito, 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/** @param {number} highest @returns {number} a round number above */
function roundUp(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  return power * ([1, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= highest) ?? 10);
}

/**
 * @param {Recording} recording
 * @param {string} title
 * @returns {string}
 */
export function drawSoak({ times, lives, series }, title) {
  const plots = [...new Set(series.map(({ plot }) => plot))];
  const height = top + plots.length * (plotHeight + gap);
  const minutes = Math.max(1, (times.at(-1) ?? 60) / 60);
  const x = (/** @type {number} */ seconds) => left + ((width - left - right) * seconds) / 60 / minutes;
  const reloads = times.filter((_, i) => i > 0 && lives[i] !== lives[i - 1]);
  const parts = plots.map((plot, row) => {
    const y0 = top + row * (plotHeight + gap) + 22;
    const shown = series.filter((one) => one.plot === plot);
    const highest = roundUp(Math.max(...shown.flatMap(({ values }) => values)));
    const y = (/** @type {number} */ value) => y0 + plotHeight * (1 - value / highest);
    const ticks = [0, highest / 2, highest].map(
      (value) =>
        `<line x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
    );
    const step = [1, 2, 5, 10, 20, 60].find((each) => minutes / each <= 10) ?? 120;
    const marks = Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => i * step).map(
      (minute) => `<text x="${x(60 * minute)}" y="${y0 + plotHeight + 17}" text-anchor="middle">${minute}</text>`,
    );
    const dashes = reloads.map(
      (time) => `<line x1="${x(time)}" x2="${x(time)}" y1="${y0}" y2="${y0 + plotHeight}" stroke="#777" stroke-dasharray="4 4"/>`,
    );
    const lines = shown.map(({ name, values }, i) => {
      const colour = colours[i % colours.length];
      const path = values.map((value, k) => `${x(times[k] ?? 0).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
      const legend = `<line x1="${width - right + 14}" x2="${width - right + 36}" y1="${y0 + 10 + 20 * i}" y2="${y0 + 10 + 20 * i}" stroke="${colour}" stroke-width="3"/><text x="${width - right + 42}" y="${y0 + 14 + 20 * i}">${name}</text>`;
      return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.6"/>${legend}`;
    });
    const unit = shown[0]?.unit === 'MB' ? ', MB' : '';
    return `<text x="${left}" y="${y0 - 9}" font-weight="600">${plot}${unit}</text>${[...ticks, ...dashes, ...lines, ...marks].join('')}<text x="${width - right}" y="${y0 + plotHeight + 34}" text-anchor="end" fill="#555">minutes</text>`;
  });
  const dash = reloads.length === 0 ? '' : '; dashed: the window is opened anew';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="#222"><rect width="100%" height="100%" fill="#fff"/><text x="${left}" y="24" font-size="15" font-weight="600">${title}${dash}</text>${parts.join('')}</svg>\n`;
}
