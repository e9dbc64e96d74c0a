/** Checks of messages from other processes: what is not understood is never acted on. */

import type { BridgeRequest, DiagnoseRequest } from '../shared/diagnosisProtocol';
import type { FitRequest, FromEngine, SliceRequest, SliceView, ToEngine } from '../shared/protocol';
import type { SampleRequest } from '../shared/sampleProtocol';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFitRequest(value: unknown): value is FitRequest {
  return (
    isFields(value) &&
    typeof value['file'] === 'string' &&
    typeof value['energy'] === 'string' &&
    typeof value['executor'] === 'string' &&
    Number.isSafeInteger(value['seed']) &&
    isFields(value['overrides']) &&
    isOptionalText(value['warmFrom']) &&
    isOptionalText(value['resume'])
  );
}

/** Whether it is a view of some space; that it is one of the space at hand is checked where it is used. */
function isSliceView(value: unknown): value is SliceView {
  if (!isFields(value) || !Array.isArray(value['axes']) || !Array.isArray(value['point'])) return false;
  const [axes, point] = [value['axes'] as readonly unknown[], value['point'] as readonly unknown[]];
  return axes.length === 2 && axes[0] !== axes[1] && axes.every(isIndex) && point.every(Number.isFinite);
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSliceRequest(value: unknown): value is SliceRequest {
  return isFields(value) && typeof value['runDir'] === 'string' && isIndex(value['step']) && isSliceView(value['view']);
}

/** Own choices: no sampler has more options, and no particles fit into memory beyond. */
const [mostOptions, mostParticles] = [100, 10_000_000];

/** Names and values of options are checked where they are used. */
function isOptions(value: unknown): boolean {
  if (!isFields(value)) return false;
  const values = Object.values(value);
  return (
    values.length <= mostOptions &&
    values.every((option) => typeof option === 'number' || typeof option === 'boolean' || typeof option === 'string')
  );
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isSampleRequest(value: unknown): value is SampleRequest {
  return (
    isDiagnoseRequest(value) &&
    isFields(value) &&
    isOptionalText(value['sampler']) &&
    isOptions(value['options']) &&
    (value['particles'] === undefined ||
      (isIndex(value['particles']) && (value['particles'] as number) >= 1 && (value['particles'] as number) <= mostParticles)) &&
    isOptionalText(value['start'])
  );
}

function isDiagnoseRequest(value: unknown): value is DiagnoseRequest {
  return (
    isFields(value) &&
    typeof value['file'] === 'string' &&
    typeof value['energy'] === 'string' &&
    typeof value['executor'] === 'string' &&
    Number.isSafeInteger(value['seed']) &&
    isOptionalText(value['run'])
  );
}

function isBridgeRequest(value: unknown): value is BridgeRequest {
  if (!isFields(value) || !isIndex(value['mode'])) return false;
  const [beta, width] = [value['beta'], value['width']];
  return typeof beta === 'number' && beta > 0 && beta < 1 && typeof width === 'number' && width > 0 && Number.isFinite(width);
}

const always = (): boolean => true;

const toEngine: { readonly [T in ToEngine['type']]: (message: Fields) => boolean } = {
  fit: ({ request }) => isFitRequest(request),
  sample: ({ request }) => isSampleRequest(request),
  diagnose: ({ id, request }) => Number.isSafeInteger(id) && isDiagnoseRequest(request),
  'cancel-diagnose': ({ id }) => Number.isSafeInteger(id),
  bridge: ({ id, request }) => Number.isSafeInteger(id) && isBridgeRequest(request),
  check: ({ id, file, text }) => Number.isSafeInteger(id) && typeof file === 'string' && isOptionalText(text),
  'cancel-check': ({ id }) => Number.isSafeInteger(id),
  stop: ({ superseded }) => superseded === undefined || typeof superseded === 'boolean',
  'make-way': always,
  'take-steering': always,
  outlive: ({ outlives }) => typeof outlives === 'boolean',
  pause: always,
  resume: always,
  step: ({ count }) => Number.isSafeInteger(count) && (count as number) >= 1,
  view: ({ view }) => view === null || isSliceView(view),
  slice: ({ id, request }) => Number.isSafeInteger(id) && isSliceRequest(request),
  survey: ({ id }) => Number.isSafeInteger(id),
};

const fromEngine: { readonly [T in FromEngine['type']]: true } = {
  ready: true,
  attached: true,
  steering: true,
  stage: true,
  started: true,
  progress: true,
  frame: true,
  'sample-started': true,
  'sample-progress': true,
  'sample-frame': true,
  'sample-summary': true,
  'diagnose-stage': true,
  diagnosed: true,
  bridged: true,
  paused: true,
  resumed: true,
  ended: true,
  sliced: true,
  surveyed: true,
  checked: true,
};

function typeOf(message: unknown): string | undefined {
  return isFields(message) && typeof message['type'] === 'string' ? message['type'] : undefined;
}

/** Whether a message is one that the engine understands, in all its fields; settings are checked where they are used. */
export function isToEngine(message: unknown): message is ToEngine {
  const type = typeOf(message);
  return type !== undefined && Object.hasOwn(toEngine, type) && toEngine[type as ToEngine['type']](message as Fields);
}

/** Whether a message is one of the engine's. Its fields are believed: user code never runs in the engine. */
export function isFromEngine(message: unknown): message is FromEngine {
  const type = typeOf(message);
  return type !== undefined && Object.hasOwn(fromEngine, type);
}
