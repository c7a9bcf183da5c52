/** Up to so many the plain way is the quick one. */
const few = 24;

/**
 * Sorts a list in place, equals keeping their order, and gives it back. What is kept by day mostly stands in order
 * already, and most lists are short; both cost little here.
 */
export function inOrder<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  for (let index = 1; index < list.length; index++) {
    const moved = list[index] as T;
    if (compare(list[index - 1] as T, moved) <= 0) continue;
    if (list.length > few) return list.sort(compare);
    let place = index;
    do {
      list[place] = list[place - 1] as T;
      place--;
    } while (place > 0 && compare(list[place - 1] as T, moved) > 0);
    list[place] = moved;
  }
  return list;
}
