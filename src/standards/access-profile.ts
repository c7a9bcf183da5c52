/**
 * How far staff may look beyond their own people and how often they may look people up. The figures are ours, chosen so
 * that a full working day never meets them and a walk through a village's identity numbers does; a county may tighten
 * them. Break-glass follows the emergency-access requirement of GB/T 39725-2020 in spirit, not in number.
 */
export const accessProfile = {
  /** Hours an emergency access stays open, for one person. */
  emergencyHours: 4,
  /** Characters a reason has at least: a sentence, not a dot. */
  emergencyReasonLength: 10,
  /** Emergency accesses one member of staff may open in a day. */
  emergenciesADay: 5,
  /** Days within which somebody else has to review one. */
  reviewDays: 7,
  /** Minutes for which a reveal with a purpose shows the whole, of one person to one member of staff. */
  revealMinutes: 15,
  /** Look-ups in an hour, by kind. */
  lookUpsAnHour: {
    /** Opening the records of so many different people. */
    person: 400,
    /** Searching. */
    search: 900,
    /** Asking whether an identity number is known. */
    identity: 120,
    /** Asking for the whole numbers and addresses of so many different people. */
    reveal: 120,
    /** People on lists printed whole for the way to their doors. */
    printed: 600,
  },
} as const;

export type LookUpKind = keyof typeof accessProfile.lookUpsAnHour;
