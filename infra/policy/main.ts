// What infra/policy/build.ts makes the policy pack of.
import { rules } from '../rules/rules.ts';
import { servePack } from './pack.ts';

servePack(rules);
