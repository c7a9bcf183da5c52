import { z } from 'zod';

/** A reason as it travels: stable code and one plain Chinese sentence. */
export const reasonSchema = z.object({ code: z.string(), text: z.string() });
