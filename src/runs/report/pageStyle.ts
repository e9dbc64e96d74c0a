import { lightColours, pictureStyle } from './pictureStyle';

/** The style of every report: one column on paper and phones, two on a screen; colours follow the reader's theme. */
export const pageStyle = `
:root {
  color-scheme: light dark;
${lightColours}
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ground: #191d21; --ink: #e6e8ea; --muted: #a0a8b0; --line: #6d757d; --rule: #2a2f34; --shade: #1d2125;
    --data: #959ea7; --truth: #eceeef; --good: #62c394; --warn: #e0b14d; --bad: #f08a70;
    --run0: #6caeee; --run1: #f0945c; --run2: #62c394; --run3: #c29be0; --run4: #ea86aa; --run5: #cfc45a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; overflow-wrap: anywhere;
}
main { max-width: 1080px; margin: 0 auto; padding: 44px 24px 56px; }
header { margin-bottom: 30px; }
h1, .verdict { font-family: Charter, 'Bitstream Charter', 'Source Serif 4', Cambria, Georgia, serif; font-weight: 600; }
h1 { font-size: 34px; line-height: 1.15; margin: 2px 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 17px; margin: 40px 0 10px; }
h3 { font-size: 13px; font-weight: 600; margin: 0 0 2px; }
.overline { color: var(--muted); margin: 0; font-size: 13px; letter-spacing: 0.02em; }
.verdict { font-size: 21px; line-height: 1.35; margin: 20px 0 0; padding: 1px 0 1px 14px; border-left: 4px solid var(--c); max-width: 46em; }
.good { --c: var(--good); } .warn { --c: var(--warn); } .bad { --c: var(--bad); }
.verdict b { color: var(--c); font-weight: inherit; }
.verdicts { display: grid; gap: 14px 28px; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); margin-top: 20px; }
.verdicts .verdict { margin: 0; font-size: 18px; }
.verdicts h2 { margin: 0 0 2px; font: 600 14px/1.4 system-ui, sans-serif; color: var(--muted); }
.swatch { display: inline-block; width: 11px; height: 11px; border-radius: 2px; background: var(--c); margin-right: 7px; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(155px, 1fr)); gap: 1px; margin: 0 1px 18px; }
dl.figures div { background: var(--ground); padding: 10px 14px 11px; outline: 1px solid var(--rule); }
dt { color: var(--muted); font-size: 12.5px; }
dd { margin: 1px 0 0; font-size: 16px; font-variant-numeric: tabular-nums; }
.notes { border-left: 4px solid var(--warn); background: var(--shade); padding: 8px 14px 8px 30px; margin: 0 0 14px; }
.figure-list { counter-reset: figure; }
section.continued > .verdict { margin-top: 10px; }
figure { margin: 36px 0 0; counter-increment: figure; break-inside: avoid; }
figcaption { color: var(--muted); font-size: 13.5px; line-height: 1.45; margin-top: 8px; max-width: 62em; }
figcaption::before { content: 'Figure ' counter(figure) '. '; color: var(--ink); font-weight: 600; }
.panels { display: grid; gap: 18px 22px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
.panels + .panels { margin-top: 14px; }
.panels.broad { gap: 18px 36px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); max-width: calc(var(--count, 3) * 520px); }
.bars-and-table { display: grid; grid-template-columns: minmax(0, 460px) minmax(0, 1fr); gap: 14px 40px; align-items: start; }
.bars-and-table .picture { max-width: 520px; }
.panel h3 { padding-left: 10.6%; }
.panels.broad .panel h3 { padding-left: 6px; }
.picture { display: block; width: 100%; height: auto; overflow: visible; font: 11px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; }
.picture.colour-bar { width: 300px; max-width: 100%; margin: 6px 0 0 2.2%; }
.picture.matrix { max-width: 690px; }
.picture.cut { overflow: hidden; }
.long .picture { min-width: 600px; }
.picture image { image-rendering: auto; }
.picture.images image { image-rendering: pixelated; }
.image-path { margin-top: 18px; max-width: 620px; }
.image-path ol { list-style: none; margin: 3px 0 0; padding: 0; display: grid; grid-template-columns: repeat(var(--count), minmax(0, 1fr)); }
.image-path li { color: var(--muted); font-size: 12px; text-align: center; font-variant-numeric: tabular-nums; }
${pictureStyle}
.warnings { border-left-color: var(--bad); }
.legend { margin: 0 0 6px; font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 18px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 2px; background: var(--c); margin-right: 7px; vertical-align: -1px; }
.legend .stroke i { height: 0; border-top: 3px solid var(--c); border-radius: 0; background: none; width: 18px; vertical-align: 4px; }
.legend .dashed i { height: 0; border-top: 2px dashed var(--c); border-radius: 0; background: none; width: 18px; vertical-align: 4px; }
.strip { list-style: none; margin: 0 0 12px; padding: 0; display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 10px; }
.strip span { display: block; color: var(--muted); font-size: 12.5px; margin-top: 3px; text-align: center; font-variant-numeric: tabular-nums; }
details { margin-top: 6px; font-size: 13px; }
summary { cursor: pointer; color: var(--muted); width: max-content; max-width: 100%; }
.tables { display: flex; flex-wrap: wrap; gap: 16px 30px; margin-top: 8px; }
.tables .scroll { max-height: 320px; }
.scroll { overflow: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: 4px; }
th, td { text-align: right; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--rule); font-weight: 400; white-space: nowrap; vertical-align: top; }
th:first-child { text-align: left; }
thead th { color: var(--muted); white-space: normal; vertical-align: bottom; border-bottom-color: var(--line); }
.settings, .comparison { font-size: 14px; }
.settings { width: 100%; }
.settings th, .settings td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.settings th { width: 34%; color: var(--muted); }
.settings .differs td { font-weight: 600; }
.comparison th, .comparison td { padding: 5px 0 5px 44px; }
.comparison th:first-child { color: var(--muted); padding-left: 0; }
.note { color: var(--muted); margin: 0 0 6px; font-size: 13.5px; }
footer { margin-top: 44px; padding-top: 12px; border-top: 1px solid var(--rule); color: var(--muted); font-size: 13px; }
@media (max-width: 760px) {
  main { padding: 26px 16px 40px; }
  h1 { font-size: 28px; }
  .comparison { font-size: 13px; }
  .comparison th, .comparison td { padding-left: 12px; }
  .comparison th:first-child { white-space: normal; }
  .verdict { font-size: 19px; }
  .bars-and-table { grid-template-columns: minmax(0, 1fr); }
  .strip { grid-template-columns: repeat(3, minmax(0, 1fr)); }
}
@media print {
  main { max-width: none; padding: 0; }
  details { display: none; }
  .picture image, .swatch, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
