import { detectPressureCrisis } from '#clinical/hypertension/detect-pressure-crisis.ts';
import { diagnosisLimits, screeningMonths } from '#clinical/hypertension/diagnosis-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { minimumManagedAge } from '#standards/indicators/managed-population.ts';

export interface FirstPressure {
  readonly sbp: number;
  readonly dbp: number;
  readonly knownHypertension: boolean;
}

export interface FirstPressureAnswer {
  /** Codes of the register: 结论, 处置, 是否首次发现升高. */
  readonly conclusion: '1' | '2' | '3' | '5';
  readonly action: '1' | '2' | '3' | '4';
  readonly firstHigh: '1' | '2';
  readonly isCrisis: boolean;
  readonly text: string;
}

/**
 * What the first-visit register says of a reading: known, suspected with a repeat on another day, high-normal, or normal;
 * a crisis value goes first in the queue.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 筛查
 */
export function concludeFirstPressure(reading: FirstPressure, day: PlainDate): FirstPressureAnswer {
  const { office } = valueOn(diagnosisLimits, day);
  const high = valueOn(screeningMonths, day).publicHealthHighNormal;
  const { sbp, dbp, knownHypertension } = reading;
  const crisis = detectPressureCrisis({ sbp, dbp, dangerSigns: [] }, day);
  const isCrisis = crisis.kind === 'decided' && crisis.value;
  const isHigh = sbp >= office.sbp || dbp >= office.dbp;
  const shown = `血压 ${sbp}/${dbp} mmHg${isCrisis ? '，危急，请立即由医生处理' : ''}`;
  if (knownHypertension)
    return {
      conclusion: '5',
      action: '4',
      firstHigh: '2',
      isCrisis,
      text: `${shown}，已确诊高血压。`,
    };
  if (isHigh)
    return {
      conclusion: '3',
      action: isCrisis ? '3' : '2',
      firstHigh: '1',
      isCrisis,
      text: `${shown}，疑似高血压，4周内再选两个不同日复测。`,
    };
  if (sbp >= high.sbp || dbp >= high.dbp)
    return { conclusion: '2', action: '1', firstHigh: '2', isCrisis, text: `${shown}，血压高值。` };
  return { conclusion: '1', action: '1', firstHigh: '2', isCrisis, text: `${shown}，正常。` };
}

/** From which age the first visit of a year measures pressure. */
export function firstPressureAge(day: PlainDate): number {
  return valueOn(minimumManagedAge, day);
}
