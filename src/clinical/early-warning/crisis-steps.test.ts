import { expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { detectGlucoseCrisis } from '../diabetes/detect-glucose-crisis.ts';
import { alertOnGlucose } from './alert-on-reading.ts';
import { crisisSteps } from './crisis-steps.ts';

const today = plainDate('2026-11-24');

it('gives sugar first where the rules find it too low, and only there', () => {
  const first = (fpg: number) => {
    const found = detectGlucoseCrisis({ fpg, dangerSigns: [] }, today);
    return crisisSteps(found.kind === 'decided' ? found.reasons.map(({ text }) => text) : [])[0];
  };
  expect(first(3.9)).toMatch(/^马上给糖/);
  expect(first(17.2)).toMatch(/^让患者静坐/);
  expect(crisisSteps(['收缩压 186 mmHg，达到危急值（≥180）。'])[0]).toMatch(/^让患者静坐/);
});

it('does so too for an alert on a single glucose', () => {
  const told = alertOnGlucose({ glucose: 2.6 }, today);
  const texts = told.kind === 'decided' ? told.reasons.map(({ text }) => text) : [];
  expect(crisisSteps(texts)[0]).toMatch(/^马上给糖/);
});
