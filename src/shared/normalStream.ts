import type { Random } from './random';

/** Layers of the ziggurat; the seven low bits of a word choose one. */
const layers = 128;
/** Where the lowest layer ends and the tail begins, and the area of each layer (Marsaglia and Tsang 2000, 128 layers). */
const tailStart = 3.442619855899;
const layerArea = 9.91256303526217e-3;
const height = (x: number): number => Math.exp(-0.5 * x * x);

/** Right edges of the layers, from the widest to 0; the first is that of a rectangle with the area of base and tail. */
const edges = new Float64Array(layers + 1);
edges[0] = layerArea / height(tailStart);
edges[1] = tailStart;
for (let i = 2; i < layers; i++) {
  const outer = edges[i - 1] ?? 0;
  edges[i] = Math.sqrt(-2 * Math.log(layerArea / outer + height(outer)));
}
/** The share of each layer that lies inside the layer above it: there, no density needs to be evaluated. */
const inner = new Float64Array(layers);
for (let i = 0; i < layers; i++) inner[i] = (edges[i + 1] ?? 0) / (edges[i] ?? 1);

const block = 4096;

/**
 * Standard normals in bulk, several times as fast as `Random.normal`, by the ziggurat of Marsaglia and Tsang (2000) with
 * separate bits for layer and value (Doornik 2005). Exact but for the 24 bits of a value within its layer, which suits
 * float32. One number after another comes from the stream: how many are asked for at a time changes nothing.
 */
export class NormalStream {
  private readonly words = new Int32Array(block);
  private position = block;

  /** @param random a stream that this one alone reads */
  constructor(private readonly random: Random) {}

  private word(): number {
    if (this.position === block) {
      this.random.fillWords(this.words);
      this.position = 0;
    }
    return this.words[this.position++] ?? 0;
  }

  /** Uniform on (0, 1). */
  private uniform(): number {
    return ((this.word() >>> 0) + 0.5) / 0x100000000;
  }

  /** The next normals. */
  fill(out: Float32Array): void {
    const { words } = this;
    for (let i = 0; i < out.length;) {
      if (this.position === block) {
        this.random.fillWords(words);
        this.position = 0;
      }
      // The fast part keeps its place in local variables; it ends where words or wishes do, or at a rare value.
      let at = this.position;
      const end = Math.min(block, at + out.length - i);
      let [u, layer] = [0, 0];
      let rare = false;
      while (at < end) {
        const word = words[at++] ?? 0;
        layer = word & (layers - 1);
        u = ((word >> 7) + 0.5) / 0x1000000;
        rare = Math.abs(u) >= (inner[layer] ?? 0);
        if (rare) break;
        out[i++] = u * (edges[layer] ?? 0);
      }
      this.position = at;
      if (rare) out[i++] = this.rare(u, layer);
    }
  }

  /** A value outside the inner part of its layer: kept or drawn anew. */
  private rare(first: number, firstLayer: number): number {
    let [u, layer] = [first, firstLayer];
    for (;;) {
      if (layer === 0) return this.tail(u < 0);
      const x = u * (edges[layer] ?? 0);
      const [low, high] = [edges[layer] ?? 0, edges[layer + 1] ?? 0].map((edge) => Math.exp(-0.5 * (edge * edge - x * x))) as [
        number,
        number,
      ];
      if (high + this.uniform() * (low - high) < 1) return x;
      const word = this.word();
      layer = word & (layers - 1);
      u = ((word >> 7) + 0.5) / 0x1000000;
      if (Math.abs(u) < (inner[layer] ?? 0)) return u * (edges[layer] ?? 0);
    }
  }

  /** Beyond the lowest layer (Marsaglia 1964). */
  private tail(negative: boolean): number {
    for (;;) {
      const beyond = -Math.log(this.uniform()) / tailStart;
      if (-2 * Math.log(this.uniform()) >= beyond * beyond) return negative ? -(tailStart + beyond) : tailStart + beyond;
    }
  }
}
