import { accessProfile, type LookUpKind } from '#standards/access-profile.ts';

const hour = 3_600_000;

/**
 * How many people each member of staff has looked up within the last hour: against walking through a village's identity
 * numbers or records. Coming back to the same person within the hour counts once. Kept in memory: a restart forgives an
 * hour, the trail keeps every look.
 */
export class LookUpLimit {
  readonly #looks = new Map<string, Map<string, number>>();

  /** Notes a look; false when it is one too many, and then it does not count. */
  note(staffId: string, kind: LookUpKind, about: string, now: Date): boolean {
    return this.noteAll(staffId, kind, [about], now);
  }

  /** Notes the people of a list; false when they are too many together, and then none counts. */
  noteAll(staffId: string, kind: LookUpKind, people: readonly string[], now: Date): boolean {
    const key = `${staffId}|${kind}`;
    const looks = this.#looks.get(key) ?? new Map<string, number>();
    this.#looks.set(key, looks);
    const oldest = now.getTime() - hour;
    // Oldest first: each look is put at the end.
    for (const [one, at] of looks) {
      if (at > oldest) break;
      looks.delete(one);
    }
    const added = new Set(people.filter((one) => !looks.has(one)));
    if (added.size > 0 && looks.size + added.size > accessProfile.lookUpsAnHour[kind]) return false;
    for (const one of people) {
      looks.delete(one);
      looks.set(one, now.getTime());
    }
    return true;
  }
}
