/** The panel's page in one file, with a stand-in for VS Code. */

import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

/** @type {Promise<{ readonly page: string, readonly harness: string, readonly style: string, readonly html: string }> | undefined} */
let built;

/** @param {string} source */
async function bundle(source, /** @type {import('esbuild').BuildOptions} */ options = {}) {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    legalComments: 'none',
    logLevel: 'warning',
    outdir: join(root, 'dist/preview'),
    ...options,
  });
  return result.outputFiles?.[0]?.text ?? '';
}

async function parts() {
  const [page, harness, style, html] = await Promise.all([
    bundle('webview/main.ts'),
    bundle('webview/preview/harness.ts'),
    bundle('webview/panel.css'),
    bundle('src/shared/panelHtml.ts', { globalName: 'shared', platform: 'neutral' }),
  ]);
  return { page, harness, style, html };
}

/** @param {string} script inside an element, where the end tag must not appear */
const inline = (script) => script.replace(/<\/script/gi, '<\\/script');

/**
 * The page as the host makes it, under the same policy, with script and style in place of their addresses.
 * @param {{ readonly scenario: string, readonly theme: string, readonly state?: unknown, readonly texts?: Readonly<Record<string, string>> }} start
 * @returns {Promise<string>} HTML
 */
export async function previewPage(start) {
  built ??= parts();
  const { page, harness, style, html } = await built;
  const { panelHtml } = new Function(`${html}; return shared;`)();
  const nonce = 'preview';
  /** @type {string} */
  const text = panelHtml({
    scriptUri: 'panel.js',
    styleUri: 'panel.css',
    cspSource: "'self'",
    nonce,
    lang: 'en',
    texts: start.texts ?? {},
  });
  const scripts = [`window.unblindPreviewStart = ${JSON.stringify(start)};`, harness, page];
  return text
    .replace(/<link [^>]*>/, () => `<style nonce="${nonce}">${style}</style>`)
    .replace(/<script [^>]*><\/script>/, () => scripts.map((script) => `<script nonce="${nonce}">${inline(script)}</script>`).join('\n'));
}
