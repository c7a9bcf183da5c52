import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { heartRanges, pulseAge } from './heart-parameters.ts';

export interface FibrillationSignFacts {
  readonly ageYears?: number | undefined;
  /** Pulse felt irregular at this visit; undefined: not felt. */
  readonly irregularPulse?: boolean | undefined;
  /** A device marked the rhythm as irregular. */
  readonly deviceFlag?: boolean | undefined;
}

export type FibrillationStep = 'ecg' | 'take-pulse' | 'none';

/**
 * What to do to find atrial fibrillation: an ECG for an irregular pulse, or for a device flag from 65; from 65 the pulse
 * is felt at every visit. Undecided when younger and the pulse was not felt.
 * @source 心房颤动诊断和治疗中国指南 机会性筛查
 */
export function detectFibrillation(facts: FibrillationSignFacts, day: PlainDate): Decision<FibrillationStep> {
  const row = rowOn(pulseAge, day);
  const rule = { id: 'AF-01-detect', edition: row.source, clause: row.clause, certainty: row.certainty };
  const range = valueOn(heartRanges, day).ageYears;
  const { ageYears, irregularPulse, deviceFlag } = facts;
  if (irregularPulse)
    return decided(rule, 'ecg', [{ code: 'irregular-pulse', text: '脉律不齐，做心电图。' }]);
  if (!isWithin(ageYears, range)) return undecided(rule, lackingFigures([[ageYears, range]]));
  const older = ageYears >= row.value;
  if (older && deviceFlag)
    return decided(rule, 'ecg', [
      { code: 'device-flag', text: `${ageYears}岁，设备提示心律不齐，做心电图。` },
    ]);
  if (irregularPulse === undefined)
    return older
      ? decided(rule, 'take-pulse', [
          { code: 'take-pulse', text: `${row.value}岁及以上每次就诊摸脉，本次还没有。` },
        ])
      : undecided(rule, ['脉律']);
  const text = deviceFlag ? `${row.value}岁以下的设备提示按设备预警处理。` : '脉律齐，没有房颤线索。';
  return decided(rule, 'none', [{ code: deviceFlag ? 'device-flag-younger' : 'regular', text }]);
}
