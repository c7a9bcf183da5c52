/**
 * Days without contact after which a phone asks for a sign-in, where the county has said nothing. A village may be without
 * a network for a month; five days more get a doctor to one. A county whose villages all have a network sets fewer.
 */
export const defaultLeaseDays = 35;

/** Three days are the least the threat model asks for; beyond two months a lost phone would open for too long. */
export const leaseLimits = { least: 3, most: 60 } as const;
