import { pinyin } from 'pinyin-pro';

const firstLetters = (name: string, surname: 'head' | 'off') =>
  pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed', surname })
    .join('')
    .replace(/[^a-z]/g, '');

/**
 * Pinyin initials of a name: the surname in its surname reading (单 s), and the other reading (单 d) when it differs.
 */
export function nameInitialsOf(name: string): { initials: string; alternative: string | null } {
  const initials = firstLetters(name, 'head');
  const other = firstLetters(name, 'off');
  return { initials, alternative: other === initials ? null : other };
}
