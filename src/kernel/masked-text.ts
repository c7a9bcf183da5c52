/** Two of these in a row stand for what is hidden; no whole value holds them. */
export const maskMark = '**';

/** Stands in a code's place where the code would tell of a sensitive condition. */
export const maskedCode = maskMark;

/** Stands where a text would tell of a sensitive condition. */
export const maskedText = `敏感诊断${maskMark}`;

/** Whether a text is only what was shown in place of the whole one. */
export const isMasked = (text: string): boolean => text.includes(maskMark);
