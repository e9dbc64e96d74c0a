import type { CoverEvidence } from '../modes/surveyModes';

/** Own choices: from these shares of the ascents from the random cover on, what was not visited may matter. */
const [mostEscaped, mostFlat, mostUnseen] = [0.02, 0.1, 0.02];

/** Why it cannot be told whether all modes were found; undefined where the evidence speaks for it. */
export function unvisited(
  evidence: CoverEvidence,
): { readonly improper: boolean; readonly why: string; readonly todo: string } | undefined {
  const { starts, escaped, flat, singletons } = evidence;
  const of = `of ${starts} ascents`;
  if (escaped > mostEscaped * starts) {
    return {
      improper: true,
      why: `${escaped} ${of} from a random cover ran out of every bound: the density may have no finite integral.`,
      todo: 'Make the energy grow in all directions, for example by adding a small multiple of |x|^2.',
    };
  }
  if (flat > mostFlat * starts) {
    return {
      improper: false,
      why: `${flat} ${of} from a random cover found no slope to follow: a narrow mode on the plain would go unseen.`,
      todo: 'Give data or particles to start from, or a smaller region to search.',
    };
  }
  if (singletons > mostUnseen * starts) {
    const share = Math.round((100 * singletons) / starts);
    return {
      improper: false,
      why: `${singletons} modes were each found by only one ${of}: by Good and Turing's estimate about ${share} % of the basins have not been visited.`,
      todo: 'Search with more starts, or give data that visits the modes.',
    };
  }
  return undefined;
}
