import { testRules } from '#test/support/rule-cases.ts';
import { lifestyleRules } from './rules.ts';

testRules(lifestyleRules);
