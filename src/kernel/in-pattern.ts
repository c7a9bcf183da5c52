/** A text as it stands in a regular expression, every sign meaning itself. */
export const inPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
