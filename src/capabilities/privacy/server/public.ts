export { hasConsent, whoConsents } from './has-consent.ts';
