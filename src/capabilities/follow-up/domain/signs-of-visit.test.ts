import { describe, expect, it } from 'vitest';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import type { SheetReading } from './read-visit.ts';
import { signsOfVisit } from './signs-of-visit.ts';

const sheet = (program: SheetReading['program'], answers: FormAnswers) =>
  ({
    program,
    edition: followUpPrograms[program].edition,
    answers,
    evaluation: {},
    warnings: [],
  }) as unknown as SheetReading;

describe('signs of a visit', () => {
  it('are named as each sheet prints them: the same code means another sign on another sheet', () => {
    const signs = signsOfVisit([
      sheet('hypertension', { emergencySigns: ['2', '9'] }),
      sheet('type-2-diabetes', { emergencySigns: ['2'] }),
      sheet('copd', { emergencySigns: [] }),
    ]).dangerSigns;
    expect(signs?.hypertension).toEqual(['剧烈头痛或头晕', '持续胸背剧痛']);
    expect(signs?.['type-2-diabetes']).toHaveLength(1);
    expect(signs?.['type-2-diabetes']).not.toEqual(['剧烈头痛或头晕']);
    expect(signs?.copd).toEqual([]);
  });
  it('are none where nothing was asked yet, and keep a code a newer client knows', () => {
    expect(signsOfVisit([sheet('hypertension', {})]).dangerSigns?.hypertension).toEqual([]);
    const [unknown] =
      signsOfVisit([sheet('hypertension', { emergencySigns: ['77'] })]).dangerSigns?.hypertension ?? [];
    expect(unknown).toContain('77');
  });
  it('are a complication when new or worse, not when absent, old, or unanswered', () => {
    const of = (complication?: string) =>
      signsOfVisit([sheet('hypertension', { complication })]).newComplication?.hypertension;
    expect([of('1'), of('2'), of('3'), of()]).toEqual([false, true, true, false]);
  });
  it('are nothing for a visit without sheets', () => {
    expect(signsOfVisit([])).toEqual({ dangerSigns: {}, newComplication: {} });
  });
});
