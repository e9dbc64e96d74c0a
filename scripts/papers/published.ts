/** Numbers that ours stand beside, copied from where each comes from. */

/**
 * "Towards Healing the Blindness of Score Matching" (Zhang, Key, Hayes, Barber, Paige, Briol 2022), caption of Figure 3:
 * KL(p_d || p_theta) on the mixture of Gaussians and on the rings.
 */
export const figure3 = { mixture: { fisher: 3.52, mfd: 0.17 }, rings: { fisher: 0.22, mfd: 0.01 } } as const;

/**
 * The curves of its Figures 1c and 2c for p = .2 N(-5, 1) + .8 N(5, 1), q the same with weight alpha, m = N(0, 9), beta = .5: the paper
 * prints no numbers, these are an independent float64 quadrature (test/fixtures/oneDimensional.json).
 */
export const divergences = [
  { alpha: 0.01, fisher: 1.375427547660273e-5, mfd: 0.017721351931963922, kl: 0.42867081623946607 },
  { alpha: 0.1, fisher: 7.572112775526531e-7, mfd: 0.0025146858328904094, kl: 0.04440294908093305 },
  { alpha: 0.5, fisher: 2.3103360131565306e-6, mfd: 0.008635209295757671, kl: 0.19274457871415068 },
  { alpha: 0.8, fisher: 1.0377819039118339e-5, mfd: 0.03886393250215166, kl: 0.8317758156345705 },
  { alpha: 0.99, fisher: 7.876939936461297e-5, mfd: 0.1432704333505921, kl: 3.1857376923975957 },
] as const;

/** FD and KL of the weights .2 and .8 against those swapped, by half the distance of the modes; the same source. */
export const separations = [
  { mu: 1, fisher: 0.2687094771513012, kl: 0.4406929711340057 },
  { mu: 3, fisher: 0.018167228938785397, kl: 0.8280691325638285 },
  { mu: 5, fisher: 1.0377819039118339e-5, kl: 0.8317758156345705 },
  { mu: 8, fisher: 5.685766114447931e-14, kl: 0.8317766166759043 },
] as const;

/** KL spectrum of .2 against .8 at half-distance 5: shares of KL below a noise; the same source. */
export const spectrum = {
  kl: 0.8317758156345705,
  below: { 1: 0.0006758640071062417, 2: 0.04110988228466048, 5: 0.48278612909342916 },
} as const;

/**
 * Stein discrepancies S(q || p) of the left component from the mixture, Example 1 of "Blindness of score-based methods to isolated
 * components and mixing proportions" (Wenliang 2020), whose Figure 1 prints no numbers; the same source.
 */
export const steinDiscrepancies = [
  { mu: 1, weight: 0.5, overL2q: 0.6705218185926686, overL2: 0.27454617559306244 },
  { mu: 1, weight: 0.1, overL2q: 1.2310172870559142, overL2: 0.6328800679964987 },
  { mu: 3, weight: 0.5, overL2q: 0.19328662048706322, overL2: 0.010426286633410126 },
  { mu: 3, weight: 0.1, overL2q: 0.3415529543697951, overL2: 0.029535145646624836 },
  { mu: 5, weight: 0.5, overL2q: 0.004724457754325899, overL2: 4.628370987318989e-6 },
  { mu: 5, weight: 0.1, overL2q: 0.008254339757109928, overL2: 1.3573524921690374e-5 },
] as const;

/**
 * Share of 200 SVGD particles left of 0 at the end, unit bandwidth, 1500 AdaGrad(.9) steps of .05, by the mean of the start -10, -5, 0, 5,
 * 10: an independent implementation, for Figure 2 of the same paper prints no numbers.
 */
export const basinShares = [
  { weight: 0.5, startDeviation: 1, left: [1, 1, 0.54, 0, 0] },
  { weight: 0.5, startDeviation: 10, left: [0.82, 0.7, 0.48, 0.28, 0.12] },
  { weight: 0.1, startDeviation: 5, left: [0.96, 0.84, 0.53, 0.14, 0.04] },
  { weight: 0.1, startDeviation: 10, left: [0.88, 0.68, 0.51, 0.26, 0.18] },
] as const;

/**
 * Weight of the mode at (5, 5), whose truth is .8, by Langevin dynamics from a uniform start: settings of Figure 3 of Song and Ermon 2019,
 * which the slides show; numbers of an independent implementation, each to .01.
 */
export const langevinWeights = { truth: 0.8, plain: 0.51, annealed: 0.78, error: 0.01 } as const;
