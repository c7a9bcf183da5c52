export { openDanger } from './danger-events.ts';
