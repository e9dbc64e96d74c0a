/** Colours and fonts of the editor's theme, as the canvases need them. */

export interface Theme {
  readonly highContrast: boolean;
  readonly dark: boolean;
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  /** Lines of axes. */
  readonly line: string;
  /** Faint lines across a plot. */
  readonly rule: string;
  /** Ground of a plot without a heat map. */
  readonly ground: string;
  readonly data: string;
  readonly truth: string;
  /** Colours of the runs, in the order in which they are overlaid. */
  readonly runs: readonly string[];
  readonly font: string;
}

const runColours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;

const lightRuns: Readonly<Record<(typeof runColours)[number], string>> = {
  blue: '#1f6fc4',
  orange: '#c8581a',
  green: '#2b7d55',
  purple: '#7f4fa6',
  red: '#b8383d',
  yellow: '#8a6d00',
};

const darkRuns: Readonly<Record<(typeof runColours)[number], string>> = {
  blue: '#5aa9f0',
  orange: '#f0945c',
  green: '#62c394',
  purple: '#c29be0',
  red: '#f08080',
  yellow: '#d8c45a',
};

/** Reads the theme that VS Code has put on the page: classes on the body, custom properties on the root. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const { classList } = document.body;
  const variable = (name: string, otherwise: string): string => style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const dark =
    classList.contains('vscode-dark') || (classList.contains('vscode-high-contrast') && !classList.contains('vscode-high-contrast-light'));
  const highContrast = classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
  const foreground = variable('foreground', dark ? '#cccccc' : '#3b3b3b');
  const runs = dark ? darkRuns : lightRuns;
  return {
    highContrast,
    dark,
    foreground,
    muted: highContrast ? foreground : variable('descriptionForeground', dark ? '#9d9d9d' : '#636363'),
    background: variable('editor-background', dark ? '#1f1f1f' : '#ffffff'),
    line: highContrast ? variable('contrastBorder', foreground) : dark ? '#7d8187' : '#84898f',
    rule: highContrast ? (dark ? '#4a4a4a' : '#b5b5b5') : dark ? '#7f7f7f38' : '#7f7f7f30',
    ground: highContrast ? 'transparent' : dark ? '#ffffff0a' : '#00000008',
    data: dark ? (highContrast ? '#c8cdd2' : '#959ea7') : highContrast ? '#50565c' : '#8d959d',
    truth: foreground,
    // The editor's own chart colours are pale on white in some themes; these keep 3:1 on every usual ground.
    runs: runColours.map((name) => runs[name]),
    font: variable('font-family', 'system-ui, sans-serif'),
  };
}

/** Calls back after each change of theme. */
export function watchTheme(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}

export function runColour(theme: Theme, index: number): string {
  return theme.runs[index % theme.runs.length] ?? theme.foreground;
}

/** Colours on the heat map, which looks the same in every theme. */
export const onHeatMap = {
  data: '#ffffff',
  particles: '#ff7a59',
  arrow: '#ffffff',
  halo: '#00000073',
  lowContour: '#ffffff8c',
  highContour: '#00000080',
} as const;
