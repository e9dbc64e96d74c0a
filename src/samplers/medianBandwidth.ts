/** Particles that the median is taken over: 124,750 distances. */
const most = 500;
const leastBandwidth = 1e-6;

/** The k-th smallest of values, which are reordered (Hoare's selection). */
function quickSelect(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k] ?? 0;
}

/**
 * The bandwidth h of exp(-|x - y|^2 / (2 h^2)) by the median heuristic of Liu and Wang (2016): h^2 = median |x - y|^2 /
 * (2 log(n + 1)), over at most 500 evenly spaced particles.
 * @param particles row-major [n, dim]
 */
export function medianBandwidth(particles: Float32Array, dim: number): number {
  const n = particles.length / dim;
  const taken = Math.min(n, most);
  const rows = Array.from({ length: taken }, (_, i) => Math.floor((i * n) / taken) * dim);
  const squares = new Float64Array((taken * (taken - 1)) / 2);
  let at = 0;
  for (const [i, a] of rows.entries()) {
    for (const b of rows.slice(0, i)) {
      let square = 0;
      for (let d = 0; d < dim; d++) square += ((particles[a + d] ?? 0) - (particles[b + d] ?? 0)) ** 2;
      squares[at++] = square;
    }
  }
  const median = quickSelect(squares, squares.length >> 1);
  return Math.max(leastBandwidth, Math.sqrt(median / (2 * Math.log(n + 1))));
}
