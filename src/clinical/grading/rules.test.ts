import { testRules } from '#test/support/rule-cases.ts';
import { gradingRules } from './rules.ts';

testRules(gradingRules);
