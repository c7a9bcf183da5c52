/** What keyboards and old systems put between the parts of a name, for the one middle dot that identity cards carry. */
const LOOK_ALIKES = /[\u2022\u2027\u22c5\u30fb\uff0e\uff65]/g;

/** The name as it is matched: the middle dot of identity cards (U+00B7) for its look-alikes, no space around it. */
export function matchedName(name: string): string {
  return name
    .replace(LOOK_ALIKES, '·')
    .replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·')
    .split('·')
    .map((part) => part.trim())
    .join('·');
}
