import type { EditionHead } from '#kernel/choose-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { annualCheckup2017 } from './annual-checkup/2017.ts';
import { archiveCard2017 } from './archive-card/2017.ts';
import { archiveCover2017 } from './archive-cover/2017.ts';
import { cardiovascularEventCard2019 } from './cardiovascular-event-card/2019.ts';
import { communityScreening2026 } from './community-screening/2026.ts';
import { consultation2017 } from './consultation/2017.ts';
import { copdFollowUp2024 } from './copd-follow-up/2024.ts';
import { copdPs2008 } from './copd-ps/2008.ts';
import { copdSq2013 } from './copd-sq/2013.ts';
import { deathCertificate2014 } from './death-certificate/2014.ts';
import { diabetesHighRisk2020 } from './diabetes-high-risk/2020.ts';
import { diabetesRiskScore2020 } from './diabetes-risk-score/2020.ts';
import { elderSelfCare2017 } from './elder-self-care/2017.ts';
import { encounterNote2017 } from './encounter-note/2017.ts';
import { familyDoctorContract2022 } from './family-doctor-contract/2022.ts';
import { firstVisitBloodPressure2017 } from './first-visit-blood-pressure/2017.ts';
import { healthEducationActivity2017 } from './health-education-activity/2017.ts';
import { hypertensionFollowUp2017 } from './hypertension-follow-up/2017.ts';
import { hypertensionHighRisk2017 } from './hypertension-high-risk/2017.ts';
import { peerGroupActivity2022 } from './peer-group-activity/2022.ts';
import { peerGroupMember2022 } from './peer-group-member/2022.ts';
import { personalInformation2017 } from './personal-information/2017.ts';
import { referralBack2017 } from './referral-back/2017.ts';
import { referralOut2017 } from './referral-out/2017.ts';
import { satisfactionSurvey2026 } from './satisfaction-survey/2026.ts';
import { strokeRisk82015 } from './stroke-risk-8/2015.ts';
import { tcmConstitution2017 } from './tcm-constitution/2017.ts';
import { tumourCard2016 } from './tumour-card/2016.ts';
import { type2DiabetesFollowUp2017 } from './type-2-diabetes-follow-up/2017.ts';

/** Every published edition, newest of each form first. */
export const allFormEditions: readonly FormEdition[] = [
  archiveCover2017,
  personalInformation2017,
  archiveCard2017,
  hypertensionFollowUp2017,
  type2DiabetesFollowUp2017,
  copdFollowUp2024,
  annualCheckup2017,
  elderSelfCare2017,
  tcmConstitution2017,
  encounterNote2017,
  consultation2017,
  referralOut2017,
  referralBack2017,
  healthEducationActivity2017,
  peerGroupActivity2022,
  peerGroupMember2022,
  familyDoctorContract2022,
  communityScreening2026,
  firstVisitBloodPressure2017,
  hypertensionHighRisk2017,
  diabetesHighRisk2020,
  diabetesRiskScore2020,
  copdSq2013,
  copdPs2008,
  strokeRisk82015,
  deathCertificate2014,
  tumourCard2016,
  cardiovascularEventCard2019,
  satisfactionSurvey2026,
];

/** An edition by form and edition; undefined for one this version does not know. */
export function formEdition(form: string, edition: string): FormEdition | undefined {
  return allFormEditions.find((one) => one.form === form && one.edition === edition);
}

/** What this program has of a form, with the days it counts from; `engine`: its own, which reads them all. */
export function ownEditionHeads(form: string, engine: number): readonly EditionHead[] {
  return allFormEditions
    .filter((one) => one.form === form)
    .map(({ edition, inForceFrom }) => ({
      edition,
      from: inForceFrom === undefined ? null : plainDate(inForceFrom),
      engine,
    }));
}
