import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoxId, entryBoxes, findBox, flowBoxes, restingBoxes } from './flow-boxes.ts';
import { flowLines } from './flow-lines.ts';
import { defaultFlowSettings, type FlowFacts, listMoves, readPath, routeVisit } from './move-visit.ts';

const route = (from: BoxId, to: BoxId, facts: FlowFacts, settings = defaultFlowSettings) => {
  const found = routeVisit(from, to, facts, settings);
  return found.kind === 'route'
    ? found.lines.map((line) => `${line.from}${line.no}${line.to}`).join(' ')
    : found.refusal;
};

describe('the drawing', () => {
  it('has every box once, every line between boxes that are there, and lines 2 to 29 all drawn', () => {
    expect(new Set(flowBoxes.map((one) => one.id)).size).toBe(flowBoxes.length);
    for (const line of flowLines) expect([findBox(line.from), findBox(line.to)]).not.toContain(undefined);
    expect([...new Set(flowLines.map((line) => line.no))]).toEqual(
      Array.from({ length: 28 }, (_, index) => index + 2),
    );
    expect(new Set(flowLines.filter((line) => line.setting).map((line) => line.no))).toEqual(
      new Set([8, 18, 23, 25]),
    );
  });
  it('leads from every entry to a box where a visit may rest', () => {
    const next = (at: BoxId) => flowLines.filter((line) => line.from === at).map((line) => line.to);
    for (const entry of entryBoxes) {
      const seen = new Set<BoxId>([entry]);
      for (const at of seen) for (const to of next(at)) seen.add(to);
      for (const box of restingBoxes) expect(seen.has(box), `${entry} → ${box}`).toBe(true);
    }
  });
});

describe('moving a visit', () => {
  it('passes the gateways: a contracted person goes to the family doctor’s room, another must be invited first', () => {
    expect(route('A6', 'B1', { contract: 'signed', familyDoctorPresent: true })).toBe('A65G1 G16G2 G29B1');
    expect(route('A6', 'B2', { contract: 'signed', familyDoctorPresent: false })).toBe('A65G1 G16G2 G210B2');
    expect(route('A6', 'B2', { contract: 'signed', familyDoctorPresent: true })).toMatchObject({
      code: 'guard',
      message: expect.stringContaining('优先分诊至家庭医生诊室'),
    });
    expect(route('A6', 'B2', { contract: 'none' })).toMatchObject({ code: 'guard' });
    expect(route('A6', 'A8', { contract: 'none' })).toBe('A65G1 G17A8');
    expect(route('A6', 'A8', { contract: 'signed' })).toMatchObject({ code: 'guard' });
    expect(route('A8', 'B2', { contract: 'none' })).toMatchObject({ code: 'guard' });
    expect(route('A8', 'B2', { contract: 'declined' })).toBe('A88G2 G210B2');
  });
  it('lets the county close the lines that are a reading', () => {
    const strict = { ...defaultFlowSettings, 'declined-may-continue': false };
    expect(route('A8', 'B2', { contract: 'declined' }, strict)).toMatchObject({ code: 'switched-off' });
    expect(route('A8', 'B2', { contract: 'signed' }, strict)).toBe('A88G2 G210B2');
    const noVillage = { ...defaultFlowSettings, 'village-takes-follow-up': false };
    expect(route('C1', 'C4', {}, noVillage)).toMatchObject({ code: 'switched-off' });
    expect(route('C1', 'C4', {})).toBe('C125C4');
  });
  it('asks for the decisions of the doctor', () => {
    expect(route('B6', 'B10', {})).toMatchObject({ code: 'guard' });
    expect(route('B6', 'B10', { beyondCapacity: false, diagnosed: false })).toMatchObject({
      message: expect.stringContaining('诊断还没有成立'),
    });
    expect(route('B6', 'B10', { beyondCapacity: false, diagnosed: true })).toBe('B612G3 G316G4 G419B10');
    expect(route('B6', 'B9', { beyondCapacity: false, diagnosed: false })).toBe('B612G3 G316G4 G417B9');
    expect(route('B6', 'B7', { beyondCapacity: true })).toBe('B612G3 G313B7');
    expect(route('B13', 'C1', { stable: false })).toMatchObject({ code: 'guard' });
    expect(route('B13', 'B10', { stable: false })).toBe('B1322G5 G523B10');
    expect(route('B13', 'B7', { stable: false, beyondCapacity: true, failedPlans: 1 })).toMatchObject({
      code: 'guard',
    });
    expect(route('B13', 'B7', { stable: false, beyondCapacity: true, failedPlans: 2 })).toBe(
      'B1322G5 G523G3 G313B7',
    );
  });
  it('refuses what no line joins, and lines that are not a step of one visit', () => {
    expect(route('A1', 'B10', { diagnosed: true })).toMatchObject({ code: 'no-such-line' });
    expect(route('C4', 'A1', {})).toMatchObject({ code: 'no-such-line' });
    expect(route('A1', 'Z9' as BoxId, {})).toMatchObject({ code: 'unknown-box' });
  });
  it('whatever the facts, every move it lists is a path through the drawing, and a walk never leaves it', () => {
    const facts = fc.record({
      contract: fc.constantFrom('signed', 'declined', 'none', undefined),
      familyDoctorPresent: fc.constantFrom(true, false, undefined),
      beyondCapacity: fc.constantFrom(true, false, undefined),
      diagnosed: fc.constantFrom(true, false, undefined),
      stable: fc.constantFrom(true, false, undefined),
      failedPlans: fc.nat(4),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...entryBoxes),
        fc.array(fc.tuple(facts, fc.nat()), { maxLength: 25 }),
        (entry, turns) => {
          const path: BoxId[] = [entry];
          for (const [known, choice] of turns) {
            const at = path.at(-1) ?? entry;
            const moves = listMoves(at, known, defaultFlowSettings);
            const to = moves[choice % Math.max(1, moves.length)];
            if (!to) break;
            const found = routeVisit(at, to, known, defaultFlowSettings);
            if (found.kind === 'route') path.push(...found.lines.map((line) => line.to));
          }
          expect(readPath(path)).toBeUndefined();
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });
});
