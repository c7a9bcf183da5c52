import { testRules } from '#test/support/rule-cases.ts';
import { hypertensionRules } from './rules.ts';

testRules(hypertensionRules);
