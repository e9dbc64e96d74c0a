import { it } from 'vitest';
import { createGraph } from '../../../src/graph/table';
import { mul, matMul, pad, activation, reshape, add, sum, unary } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { surveyExecutors, openExecutor } from '../../../src/executors/choose';
it('bugs', async () => {
  process.env['VK_ICD_FILENAMES'] = '/usr/lib/chromium/vk_swiftshader_icd.json';
  const g = createGraph();
  const x = g.input('x', [2, 3]); const b = g.input('b', [3, 4]);
  console.log('matMul rank', matMul(mul(g.constant([2], [1, 1, 1]), x), b).shape);
  const p1 = pad(x, [1], [0], Infinity), p2 = pad(x, [1], [0], -Infinity);
  console.log('pad inf', p1 === p2);
  console.log('mish1', evaluate([activation('mish', g.constant([0.7],[1]), 1), activation('mish', g.constant([0.7],[1]), 0)], new Map()));
  const s = g.input('s', [4]);
  const t0 = performance.now();
  console.log(await surveyExecutors(), performance.now() - t0);
  const { executor } = await openExecutor('onnx');
  const p = await executor.compile({ inputs: [s], outputs: [unary('log1p', s), unary('expm1', s)] });
  console.log(await p.run([Float32Array.of(1e4, 1e6, 1e9, -0.9999)]), [1e4,1e6,1e9,-.9999].map(Math.log1p));
  const i = g.input('i', [2], 'int32');
  try { const q = await executor.compile({ inputs: [i], outputs: [add(i, i)] }); console.log(await q.run([Float32Array.of(1, 2)])); } catch (e) { console.log('int input', String(e)); }
  try { const q = await executor.compile({ inputs: [s], outputs: [mul(s, g.constant([1,2,3,4],[4],'int32'))] }); console.log(await q.run([Float32Array.of(1, 2,3,4)])); } catch (e) { console.log('mixed', String(e)); }
}, 120000);
