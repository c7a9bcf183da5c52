import { testRules } from '#test/support/rule-cases.ts';
import { screeningRules } from './rules.ts';

testRules(screeningRules);
