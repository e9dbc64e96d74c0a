/** Loads and starts what the first fit or check of an engine process needs, in the order in which a fit needs it. */

/** Starts a sandbox process ahead, where there is none. Cheap: it loads beside this process. */
export async function warmSandbox(): Promise<void> {
  const [{ startSpare }, { defaultSandboxPaths }, { defaultLimits }] = await Promise.all([
    import('../energy/sandbox/spare'),
    import('../energy/sandbox/paths'),
    import('../energy/sandbox/sandboxProcess'),
  ]);
  startSpare(defaultSandboxPaths(), defaultLimits);
}

/** The bundler runs in a process of its own, which its first call starts. */
async function warmBundler(): Promise<void> {
  const { transform } = await import('esbuild');
  await transform('');
}

/** The self-test loads and compiles all that differentiates, emits and runs a graph; its verdict holds for this process. */
async function warmExecutor(): Promise<void> {
  const { openExecutor } = await import('../executors/open');
  const { executor } = await openExecutor('onnx');
  await executor.dispose();
}

/** Never fails: what is absent here is told when somebody asks for it. */
export async function warmUp(): Promise<void> {
  await warmSandbox();
  const bundler = warmBundler();
  await import('./fitRequest');
  await Promise.allSettled([bundler, warmExecutor()]);
  await import('./checkFile');
}
