/** A name as the hall's screen shows it: 张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三. */
export function maskName(name: string): string {
  const letters = [...name.trim()];
  const [first, last] = [letters[0] ?? '', letters.at(-1) ?? ''];
  if (letters.length <= 1) return first === '' ? '' : `${first}*`;
  if (letters.length === 2) return `${first}*`;
  return `${first}${'*'.repeat(letters.length - 2)}${last}`;
}
