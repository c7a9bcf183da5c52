import type { AnyRule } from '../rule-definition.ts';
import {
  alertOnGlucoseRule,
  alertOnLaboratoryRule,
  alertOnOtherRule,
  alertOnOxygenRule,
  alertOnPressureRule,
  alertOnPulseRule,
  watchAdherenceRule,
  watchGlucoseRule,
  watchOrthostaticRule,
  watchPressureRule,
} from './early-warning.rule.ts';
import { ageDangerRule, handleAlertRule, watchRelieverRule, watchWeightRule } from './watching.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const earlyWarningRules: readonly AnyRule[] = [
  alertOnPressureRule,
  alertOnPulseRule,
  alertOnGlucoseRule,
  alertOnOxygenRule,
  alertOnOtherRule,
  alertOnLaboratoryRule,
  watchPressureRule,
  watchOrthostaticRule,
  watchGlucoseRule,
  watchAdherenceRule,
  watchWeightRule,
  watchRelieverRule,
  handleAlertRule,
  ageDangerRule,
];
