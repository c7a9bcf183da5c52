import type { Facts } from './read-facts.ts';

const otherKinds = ['random-glucose', 'glucose-2h'] as const;

/** The newest glucose of another time than fasting, where nothing fasting came after it; of one day the lower. */
export function otherGlucose(facts: Facts): number | undefined {
  const fastingOn = facts.latestOn('fasting-glucose');
  const [first, second] = otherKinds.flatMap((kind) => {
    const [value, on] = [facts.current(kind), facts.latestOn(kind)];
    return value === undefined || on === undefined || (fastingOn && fastingOn > on) ? [] : [{ value, on }];
  });
  if (!first || !second) return first?.value;
  if (first.on !== second.on) return first.on > second.on ? first.value : second.value;
  return Math.min(first.value, second.value);
}

/** The newest glucose of any time that may be judged by; of one day the lowest. */
export function latestGlucose(facts: Facts): number | undefined {
  const [other, fasting] = [otherGlucose(facts), facts.current('fasting-glucose')];
  if (other === undefined || fasting === undefined) return other ?? fasting;
  const isSameDay = otherKinds.some((kind) => facts.latestOn(kind) === facts.latestOn('fasting-glucose'));
  return isSameDay ? Math.min(other, fasting) : other;
}
