import { testRules } from '#test/support/rule-cases.ts';
import { copdRules } from './rules.ts';

testRules(copdRules);
