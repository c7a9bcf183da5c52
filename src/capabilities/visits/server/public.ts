export { openDanger } from './danger-events.ts';
export { referResident } from './refer-resident.ts';
