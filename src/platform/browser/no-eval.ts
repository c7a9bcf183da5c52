import { config } from 'zod/v4/core';

/**
 * Schemas read without code made up at run time: the pages' policy forbids it, and even asking whether it is allowed is
 * reported as a violation. Imported first of all, since schemas ask when they are first used.
 */
config({ jitless: true });
