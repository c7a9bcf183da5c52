import { testRules } from '#test/support/rule-cases.ts';
import { lipidRules } from './rules.ts';

testRules(lipidRules);
