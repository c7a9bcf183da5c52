import { testRules } from '#test/support/rule-cases.ts';
import { strokeRules } from './rules.ts';

testRules(strokeRules);
