/**
 * True when the text has neither NUL nor a lone surrogate, which PostgreSQL refuses or silently replaces, nor U+FDD0, which
 * Unicode keeps for a program's own use and which marks sealed text here.
 */
export function isWellFormedText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what is looked for.
  return !/[\u0000\ufdd0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

/** True when the text has characters nobody sees, or that turn the line around: in a name they hide who it is. */
export function hasHiddenCharacters(text: string): boolean {
  return /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(text);
}

const FULL_WIDTH = /[！-～]/g;

/** Full-width ASCII to half-width, ideographic space to space, trimmed: how people and WPS type numbers. */
export function toHalfWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim();
}
