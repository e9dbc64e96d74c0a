/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>} megabytes of JavaScript heap after a collection
 */
export async function pageHeap(page) {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
