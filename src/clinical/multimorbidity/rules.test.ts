import { testRules } from '#test/support/rule-cases.ts';
import { multimorbidityRules } from './rules.ts';

testRules(multimorbidityRules);
