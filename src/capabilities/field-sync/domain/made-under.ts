import type { PlainDate } from '#kernel/plain-date.ts';

/** What a rule said on the phone when a sheet was saved. */
export interface SaidVerdict {
  readonly program: string;
  readonly ruleId: string;
  readonly edition: string;
  readonly outcome: string;
}

/** Under which definitions something was typed on a phone. */
export interface MadeUnder {
  /** Digest of the set of definitions the phone held: forms, rule numbers, formulary, county settings. */
  readonly definitions: string;
  /** Edition of the rules and forms as code. */
  readonly engine: number;
  /** The day it was begun, by the phone. */
  readonly begunOn: PlainDate;
  readonly said: readonly SaidVerdict[];
}

/** A rule that answered otherwise on the phone than on the server. */
export interface DifferingVerdict {
  readonly ruleId: string;
  readonly phone: { readonly edition: string; readonly outcome: string };
  readonly server: { readonly edition: string; readonly outcome: string };
}

/** Rules whose answer to one sheet was another on the phone; a rule only one side knows is no difference. */
export function differingVerdicts(
  said: readonly Omit<SaidVerdict, 'program'>[],
  stored: readonly { readonly ruleId: string; readonly edition: string; readonly outcome: string }[],
): DifferingVerdict[] {
  return said.flatMap(({ ruleId, edition, outcome }) => {
    const server = stored.find((one) => one.ruleId === ruleId);
    return server && server.outcome !== outcome
      ? [
          {
            ruleId,
            phone: { edition, outcome },
            server: { edition: server.edition, outcome: server.outcome },
          },
        ]
      : [];
  });
}

/** The class a phone's rule gave a programme's sheet. */
export function saidClass(made: MadeUnder, program: string): string | undefined {
  return made.said.find((one) => one.program === program && /^[1-4]$/.test(one.outcome))?.outcome;
}

/** The day a phone's rule proposed for the next visit. */
export function saidNextVisit(made: MadeUnder, program: string): string | undefined {
  const plan = made.said.find((one) => one.program === program && /:\d{4}-\d\d-\d\d$/.test(one.outcome));
  return plan?.outcome.slice(-10);
}
