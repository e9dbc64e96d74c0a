import { ensureVscodeServer } from './lib/vscodeServer.mjs';
import { openBrowser, openWorkbench, startServer } from './lib/workbench.mjs';
await ensureVscodeServer();
const theme = process.argv[2] ?? 'Default Dark Modern', name = process.argv[3] ?? 'dark';
const server = await startServer({ log: '/tmp/panel-shots/server.log', settings: { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false } });
const { browser, page } = await openBrowser({ width: 1680, height: 1050 });
page.on('console', (m) => m.type() === 'error' && console.log('console', m.text().slice(0, 300)));
const shot = async (n) => { await page.waitForTimeout(500); await page.screenshot({ path: `/tmp/panel-shots/${name}-${n}.png` }); };
async function panelFrame() { for (let i = 0; i < 200; i++) { for (const f of page.frames()) { try { if (await f.evaluate(() => document.getElementById('panel') !== null)) return f; } catch {} } await page.waitForTimeout(100); } throw new Error('no panel'); }
try {
  await openWorkbench(page, server.port, { folder: '/tmp/shotws', extension: '/tmp/panel' });
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'fourModes' }).first().waitFor({ timeout: 60000 });
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'fourModes' }).first().dblclick();
  await page.locator('.codelens-decoration a', { hasText: 'Fit EBM with MFD' }).first().waitFor({ timeout: 60000 });
  await page.locator('.activitybar .action-item a[aria-label^="Unblind"]').click();
  await page.waitForTimeout(1500);
  await shot('1-before');
  const t0 = Date.now();
  await page.locator('.codelens-decoration a', { hasText: 'Fit EBM with MFD' }).first().click();
  const f = await panelFrame();
  console.log('panel after', Date.now() - t0);
  await page.waitForTimeout(4000);
  await shot('2-running');
  await page.locator('.codelens-decoration a', { hasText: 'KL' }).first().waitFor({ timeout: 120000 });
  console.log('done after', Date.now() - t0);
  await page.waitForTimeout(1500);
  await shot('3-done');
  await f.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight)).catch(() => {});
  await shot('4-scrolled');
  const errs = await page.locator('.notifications-toasts .notification-list-item').allInnerTexts();
  console.log('toasts', errs);
  if (process.argv[4] === 'reload') {
    await page.waitForTimeout(1500);
    await page.reload();
    await page.locator('.codelens-decoration a', { hasText: 'KL' }).first().waitFor({ timeout: 60000 });
    const g = await panelFrame(); await page.waitForTimeout(3000);
    await shot('5-reloaded');
  }
} catch (e) { console.log(e); await shot('fail'); }
finally { await browser.close(); await server.stop(); }
