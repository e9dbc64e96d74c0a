/** Colours on a light ground, as custom properties. */
export const lightColours = `  --paper: #fcfcfa; --ground: #ffffff; --ink: #1c2024; --muted: #5d656e; --line: #8f979f; --rule: #e4e6e8; --shade: #f2f3f2;
  --data: #9aa1a9; --truth: #1c2024; --good: #23724b; --warn: #946200; --bad: #b23b24;
  --run0: #2a6bb0; --run1: #d0642b; --run2: #2f8a63; --run3: #8a5aa8; --run4: #b5476f; --run5: #7d7520;`;

/** The style of what is drawn inside pictures: for pages, and for pictures that stand alone. */
export const pictureStyle = `.tick { fill: var(--muted); font-variant-numeric: tabular-nums; }
.name { fill: var(--ink); font-size: 11.5px; }
.strong { font-weight: 600; }
.axis { stroke: var(--line); fill: none; }
.rule { stroke: var(--rule); fill: none; }
.ground { fill: var(--ground); stroke: var(--rule); }
.line { stroke: var(--c); stroke-width: 1.8; fill: none; stroke-linejoin: round; }
.faint .line { stroke-width: 0.8; opacity: 0.38; }
.broad .line { stroke-width: 4; }
.dashed .line { stroke-dasharray: 5 3.5; stroke-width: 1.5; }
.bar, .dot { fill: var(--c); }
.c-data .bar { opacity: 0.75; }
.error { stroke: var(--ink); fill: none; }
.dots { stroke: var(--c); stroke-width: 2.2; stroke-linecap: round; fill: none; opacity: 0.6; }
.over-map .dots { stroke-width: 2.4; opacity: 0.85; }
.over-map.fine .dots { stroke-width: 1.4; opacity: 0.75; }
.c-white { --c: #ffffff; }
.dots.small { stroke-width: 1.7; }
.contour { fill: none; stroke-width: 0.8; stroke-linejoin: round; }
.contour.on-dark { stroke: rgb(255 255 255 / 55%); }
.contour.on-light { stroke: rgb(0 0 0 / 50%); }
.arrows { fill: none; stroke: rgb(255 255 255 / 88%); stroke-width: 1; stroke-linecap: round; stroke-linejoin: round; }
.cross { fill: none; stroke: #ff7a59; stroke-width: 2; stroke-linecap: round; }
.cross.edge { stroke: rgb(0 0 0 / 75%); stroke-width: 4.2; }
.c-data { --c: var(--data); } .c-truth { --c: var(--truth); }
.c-run0 { --c: var(--run0); } .c-run1 { --c: var(--run1); } .c-run2 { --c: var(--run2); }
.c-run3 { --c: var(--run3); } .c-run4 { --c: var(--run4); } .c-run5 { --c: var(--run5); }`;
