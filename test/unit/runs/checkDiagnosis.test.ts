import { describe, expect, it } from 'vitest';
import { checkDiagnosis } from '../../../src/runs/checkDiagnosis';
import { misfitFigure } from '../../../src/runs/report/diagnosisMisfit';
import { extentWithLocations } from '../../../src/shared/misfit';
import { figuresWith } from '../../../webview/preview/diagnoses';
import { blindRecord } from '../../../webview/preview/diagnosisRecords';

const plane = blindRecord('plane');
const checked = (change: object) => checkDiagnosis(JSON.parse(JSON.stringify({ ...plane, ...change })), 'diagnosis.json');

describe('a stored diagnosis', () => {
  it('keeps FSSD and tempering, and may be of a version that had neither', () => {
    expect(checked({})).toEqual(plane);
    expect(checked({ fssd: undefined, tempering: undefined })).toEqual({ ...plane, fssd: null, tempering: null });
  });

  it.each([
    [{ fssd: { ...plane.fssd, locations: [[1]] } }, /locations\[0\] in 'fssd' in diagnosis.json is not a list of 2 numbers/],
    [{ fssd: { ...plane.fssd, locations: [[1, 'x']] } }, /locations\[0\]/],
    [{ fssd: { ...plane.fssd, locations: Array<number[]>(11).fill([0, 0]) } }, /at most 10/],
    [{ tempering: { ...plane.tempering, after: [1] } }, /not of the same modes/],
    [{ tempering: { ...plane.tempering, moved: 'much' } }, /'moved'/],
  ])('is refused where these are damaged: %#', (change, message) => {
    expect(() => checked(change)).toThrow(message);
  });
});

describe('the figure of the misfit', () => {
  it('has a cross or a tick at each location, words above two dimensions, and is left out where nothing misfits', () => {
    const [map, line] = (['plane', 'line'] as const).map((name) => {
      const { pictures } = figuresWith(name, { mode: 0, beta: 0.5, width: 1 });
      return misfitFigure(blindRecord(name).fssd!, pictures)!.text;
    });
    // Two strokes a cross.
    expect(/class="cross" d="([^"]*)"/.exec(map!)![1]!.split('M')).toHaveLength(1 + 2 * 5);
    expect(line!.match(/<g class="c-run4">/g)).toHaveLength(5);
    const space = { ...plane.fssd!, locations: [[1, 2, 3]] };
    expect(misfitFigure(space, null)!.text).toContain('<table>');
    expect(misfitFigure({ ...space, pValue: 0.4 }, null)).toBeNull();
  });

  it('is wide enough for locations where the density is not drawn, and no wider', () => {
    expect(extentWithLocations([-1, 1, -2, 2], [[0, 0]])).toEqual([-1, 1, -2, 2]);
    expect(
      extentWithLocations(
        [-1, 1, -2, 2],
        [
          [0.2, 3],
          [0, 0],
        ],
      ),
    ).toEqual([-1, 1, -2, expect.closeTo(3.2, 12)]);
    expect(extentWithLocations([-1, 1], [[-4]])).toEqual([expect.closeTo(-4.2, 12), 1]);
  });
});
