/**
 * The linear assignment problem by shortest augmenting paths (Jonker and Volgenant 1987, "A shortest augmenting path algorithm
 * for dense and sparse linear assignment problems", Computing 38): exact, O(n^3); one to eight seconds of one core for n = 2,000,
 * by how far the sets differ.
 */

/** State of an assignment in the making: rows and columns that belong together (-1 for none), and the columns' prices. */
interface Assignment {
  readonly n: number;
  readonly cost: Float64Array;
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
  readonly price: Float64Array;
}

/** Each column to its cheapest row, where that row is free; gives how many columns wanted each row. */
function reduceColumns({ n, cost, columnOf, rowOf, price }: Assignment): Int32Array {
  const wanted = new Int32Array(n);
  for (let j = n - 1; j >= 0; j--) {
    let best = 0;
    for (let i = 1; i < n; i++) if (cost[i * n + j]! < cost[best * n + j]!) best = i;
    price[j] = cost[best * n + j]!;
    if (++wanted[best]! > 1) continue;
    columnOf[best] = j;
    rowOf[j] = best;
  }
  return wanted;
}

/** Lowers the price of the column of every row that only one column wanted; gives the rows without a column. */
function transferReductions({ n, cost, columnOf, price }: Assignment, wanted: Int32Array): number[] {
  const free: number[] = [];
  for (let i = 0; i < n; i++) {
    if (wanted[i] === 0) free.push(i);
    if (wanted[i] !== 1) continue;
    const own = columnOf[i]!;
    let least = Infinity;
    for (let j = 0; j < n; j++) if (j !== own) least = Math.min(least, cost[i * n + j]! - price[j]!);
    price[own]! -= least;
  }
  return free;
}

/** Gives free rows their best column, at the price of the second best; who loses a column bids next. Gives the rows still free. */
function bid({ n, cost, columnOf, rowOf, price }: Assignment, free: readonly number[]): number[] {
  const queue = [...free].reverse();
  const left: number[] = [];
  // Rounding can make two rows outbid each other for ever.
  for (let bids = 0; queue.length > 0; bids++) {
    const i = queue.pop()!;
    if (bids > 4 * n) {
      left.push(i);
      continue;
    }
    let [first, second, j1, j2] = [Infinity, Infinity, -1, -1];
    for (let j = 0; j < n; j++) {
      const value = cost[i * n + j]! - price[j]!;
      if (value >= second) continue;
      if (value >= first) [second, j2] = [value, j];
      else [second, j2, first, j1] = [first, j1, value, j];
    }
    const lowered = price[j1]! - (second - first);
    const lowers = lowered < price[j1]!;
    let column = j1;
    if (lowers) price[j1] = lowered;
    else if (rowOf[j1]! >= 0) column = j2;
    const loser = rowOf[column]!;
    columnOf[i] = column;
    rowOf[column] = i;
    if (loser < 0) continue;
    columnOf[loser] = -1;
    if (lowers) queue.push(loser);
    else left.push(loser);
  }
  return left;
}

/** Assigns one free row along the shortest path of reassignments to a free column (Dijkstra), and updates the prices. */
function augment({ n, cost, columnOf, rowOf, price }: Assignment, freeRow: number, scratch: Scratch): void {
  const { distance, before, columns } = scratch;
  for (let j = 0; j < n; j++) {
    distance[j] = cost[freeRow * n + j]! - price[j]!;
    before[j] = freeRow;
    columns[j] = j;
  }
  // columns[0, low) are scanned, columns[low, up) are at the least distance and to be scanned.
  let [low, up, last, least, end] = [0, 0, -1, 0, -1];
  while (end < 0) {
    if (up === low) {
      last = low - 1;
      least = distance[columns[up++]!]!;
      for (let k = up; k < n; k++) {
        const j = columns[k]!;
        if (distance[j]! > least) continue;
        if (distance[j]! < least) {
          up = low;
          least = distance[j]!;
        }
        columns[k] = columns[up]!;
        columns[up++] = j;
      }
      for (let k = low; k < up && end < 0; k++) if (rowOf[columns[k]!]! < 0) end = columns[k]!;
      if (end >= 0) break;
    }
    const scanned = columns[low++]!;
    const i = rowOf[scanned]!;
    const offset = cost[i * n + scanned]! - price[scanned]! - least;
    for (let k = up; k < n; k++) {
      const j = columns[k]!;
      const through = cost[i * n + j]! - price[j]! - offset;
      if (through >= distance[j]!) continue;
      distance[j] = through;
      before[j] = i;
      if (through > least) continue;
      if (rowOf[j]! < 0) {
        end = j;
        break;
      }
      columns[k] = columns[up]!;
      columns[up++] = j;
    }
  }
  for (let k = 0; k <= last; k++) price[columns[k]!]! += distance[columns[k]!]! - least;
  for (let column = end, row = -1; row !== freeRow;) {
    row = before[column]!;
    rowOf[column] = row;
    [column, columnOf[row]] = [columnOf[row]!, column];
  }
}

interface Scratch {
  readonly distance: Float64Array;
  readonly before: Int32Array;
  readonly columns: Int32Array;
}

/**
 * The one-to-one assignment of rows to columns with the least total cost.
 * @param cost row-major [n, n], finite
 * @returns the column of each row, [n]
 */
export function assign(cost: Float64Array, n: number): Int32Array {
  const none = (): Int32Array => new Int32Array(n).fill(-1);
  const state: Assignment = { n, cost, columnOf: none(), rowOf: none(), price: new Float64Array(n) };
  if (n <= 1) return new Int32Array(n);
  let free = transferReductions(state, reduceColumns(state));
  for (let pass = 0; pass < 2; pass++) free = bid(state, free);
  const scratch: Scratch = { distance: new Float64Array(n), before: new Int32Array(n), columns: new Int32Array(n) };
  for (const row of free) augment(state, row, scratch);
  return state.columnOf;
}
