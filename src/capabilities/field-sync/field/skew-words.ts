const [hour, day, year] = [60, 60 * 24, 60 * 24 * 365];

/** A difference of clocks in the unit one thinks in: `快 3 天`. */
export function skewWords(minutes: number): string {
  const size = Math.abs(minutes);
  const [unit, name] =
    size < 2 * hour
      ? [1, '分钟']
      : size < 2 * day
        ? [hour, '小时']
        : size < 2 * year
          ? [day, '天']
          : [year, '年'];
  return `${minutes > 0 ? '快' : '慢'} ${Math.round(size / (unit as number))} ${name}`;
}
