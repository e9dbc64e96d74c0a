/** What no reproduction can have, because it is not published. */

export const unpublished: readonly string[] = [
  'MFD paper, Figures 1 and 2: the means and widths of the mixture, the other weight in the pictures, m and beta. Ours: N(-5, 1) and N(5, 1), .8, N(0, 3²), .5.',
  'MFD paper, Figures 3 to 5: the mixture and the rings, the number of rows, network, optimiser, steps, m, beta, how log Z is estimated, and how KL is. Our data are easier to fit by FD than those of the paper, and our fits by MFD come nearer; what can be held to the paper is that one fails where the other does not.',
  'MFD paper, Figure 4: the schedule of the noise, and the picture itself, of which we have the caption only.',
  'Blindness paper, Figure 1: the means and the width, and how f is rescaled.',
  'Blindness paper, Figure 2: the means mu₀ and widths sigma₀ of all panels, particles, steps, step sizes and seeds. Published is the kernel: Gaussian with unit bandwidth.',
  'Slides: all pictures of pitfalls and of annealed Langevin dynamics are those of Song and Ermon 2019, whose toy settings we take. The images (MNIST, CelebA, CIFAR-10) with their Inception and FID numbers need networks and hardware of another size and are not attempted; neither is the loss of pitfall I on CIFAR-10.',
];
