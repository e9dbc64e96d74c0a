import type { FssdRecord } from './diagnosis';

/**
 * The level of the tests that are made beside KSD and its perturbed form. Own choice: at .05 each of them would warn of one right
 * sample in twenty.
 */
export const misfitLevel = 0.01;

/** Whether the test found the samples to misfit, so that its locations show where. */
export function showsMisfit(fssd: FssdRecord): boolean {
  return fssd.pValue < misfitLevel && fssd.locations.length > 0;
}

/** Room around a location at the edge, as a share of the axis. */
const margin = 0.04;

/**
 * The extent of a picture of one or two dimensions (low, high of each), wide enough that every location is inside: samples may lie
 * where the density is not drawn.
 */
export function extentWithLocations(extent: readonly number[], locations: FssdRecord['locations']): number[] {
  return Array.from({ length: extent.length / 2 }, (_, axis) => {
    const [low, high] = [extent[2 * axis] ?? 0, extent[2 * axis + 1] ?? 1];
    const at = locations.map((location) => location[axis] ?? low);
    const [from, to] = [Math.min(...at), Math.max(...at)];
    const room = margin * (Math.max(high, to) - Math.min(low, from));
    return [from < low + room ? from - room : low, to > high - room ? to + room : high].map((value, end) =>
      end === 0 ? Math.min(low, value) : Math.max(high, value),
    );
  }).flat();
}
