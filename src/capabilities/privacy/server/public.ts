export { hasConsent, whoConsents } from './has-consent.ts';
export { type Replayed, replayErasures } from './replay-erasures.ts';
