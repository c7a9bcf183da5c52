import { identityAnswers } from './identity-answers.ts';

/**
 * Answers of forms that say who a person is or where to find them: what is masked on its way out is sealed before it
 * reaches the database, in whatever form and at whatever depth it stands.
 */
export const sealedAnswers: ReadonlySet<string> = new Set(Object.keys(identityAnswers));
