import { affine } from './builtin/affine';
import { banana, defaultBanana } from './builtin/banana';
import { checkerboard, defaultCheckerboard } from './builtin/checkerboard';
import { defaultGaussianMixture, gaussianMixture } from './builtin/gaussianMixture';
import { defaultGrid25, grid25 } from './builtin/grid25';
import { defaultMoons, moons } from './builtin/moons';
import { defaultPinwheel, pinwheel } from './builtin/pinwheel';
import { defaultRings, rings } from './builtin/rings';
import { defaultSpirals, spirals } from './builtin/spirals';
import type { Distribution } from './distribution';
import type { AffineDataSpec, BuiltinDataSpec } from './spec';

/** The name of a built-in distribution. */
export type BuiltinKind = BuiltinDataSpec['kind'];

/** A built-in distribution's specification. */
export type BuiltinSpecOf<Kind extends BuiltinKind> = Extract<BuiltinDataSpec, { kind: Kind }>;

type Builders = { readonly [Kind in BuiltinKind]: (spec: BuiltinSpecOf<Kind>) => Distribution };

const builders: Builders = { gaussianMixture, rings, moons, pinwheel, checkerboard, spirals, banana, grid25 };

/** What each built-in distribution is when nothing is said about it. */
export const defaultDataSpec: { readonly [Kind in BuiltinKind]: BuiltinSpecOf<Kind> } = {
  gaussianMixture: defaultGaussianMixture,
  rings: defaultRings,
  moons: defaultMoons,
  pinwheel: defaultPinwheel,
  checkerboard: defaultCheckerboard,
  spirals: defaultSpirals,
  banana: defaultBanana,
  grid25: defaultGrid25,
};

function build<Kind extends BuiltinKind>(kind: Kind, spec: BuiltinSpecOf<Kind>): Distribution {
  return builders[kind](spec);
}

/** The built-in distribution, or its affine image, that a specification stands for. @throws DataError for impossible parameters */
export function distributionOf(spec: BuiltinDataSpec | AffineDataSpec): Distribution {
  return spec.kind === 'affine' ? affine(distributionOf(spec.base), spec.scale, spec.shift) : build(spec.kind, spec);
}
