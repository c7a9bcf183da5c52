import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** A person who signs, as the agreement names them. */
export interface AgreementParty {
  readonly name: string;
  readonly sex: string;
  readonly birthDate: PlainDate;
  readonly idNo: string | null;
  readonly phone: string | null;
  readonly relation: string | null;
  readonly ageYears: number;
  readonly programs: readonly string[];
}

export interface AgreementFacts {
  readonly contractNo: string;
  readonly renewFrom: string | null;
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  readonly organizationName: string;
  readonly doctorName: string;
  readonly doctorRole: string;
  readonly supportHospital: string | null;
  readonly parties: readonly AgreementParty[];
  readonly address: string | null;
  readonly payMethods: readonly string[];
  readonly signer: 'resident' | 'guardian';
  readonly signerName: string;
  readonly guardianRelation: string;
  readonly guardianPhone: string;
  readonly packages: readonly {
    readonly code: string;
    readonly name: string;
    readonly priceCents: number;
    readonly items: readonly { readonly label: string; readonly timesPerYear: number }[];
  }[];
  readonly endedOn: PlainDate | null;
  readonly endReason: string | null;
}

const diseaseTags: Readonly<Record<string, string>> = {
  hypertension: '3',
  'type-2-diabetes': '4',
  copd: '5',
};

/** Codes of 人群分类 on the agreement, as far as the record tells them. */
export function groupTagsOf(party: Pick<AgreementParty, 'ageYears' | 'programs'>): string[] {
  const tags = [
    ...(party.ageYears >= 65 ? ['2'] : []),
    ...party.programs.flatMap((program) => diseaseTags[program] ?? []),
    ...(party.ageYears < 7 ? ['7'] : []),
  ];
  return tags.length === 0 ? ['1'] : tags;
}

const endCodes: Readonly<Record<string, string>> = {
  'resident-asked': '2',
  moved: '3',
  dead: '4',
  transferred: '5',
  other: '9',
};

/** How the person pays for care, in the codes of the agreement; nothing when the record does not say. */
function insuranceOf(payMethods: readonly string[]): string | undefined {
  if (payMethods.includes('1')) return '1';
  if (payMethods.includes('2') || payMethods.includes('3')) return '2';
  if (payMethods.includes('5')) return '3';
  if (payMethods.includes('6')) return '4';
  return payMethods.includes('7') ? '5' : undefined;
}

/** What both sides owe each other, item by item, as printed above the signatures. */
export function agreementClauses(facts: AgreementFacts): string {
  const items = facts.packages.flatMap((one) =>
    one.items.map((item) => `${item.label}（每年${item.timesPerYear}次，${one.name}）`),
  );
  return [
    `一、甲方在服务期内向乙方提供：${items.join('；')}。`,
    '二、甲方提供健康咨询、预约就诊和转诊协助；乙方如实提供健康情况，配合随访与体检。',
    '三、甲方对乙方的健康信息保密，只用于签约服务；未经乙方同意不向他人提供。',
    '四、乙方可以提出终止协议；一方终止应告知对方。服务期满可以续签。',
  ].join('\n');
}

/** The agreement filled in: answers of the 2022 edition, for paper. What the record does not know stays blank for the pen. */
export function agreementAnswers(facts: AgreementFacts): FormAnswers {
  const total = facts.packages.reduce((sum, one) => sum + one.priceCents, 0) / 100;
  const insurance = insuranceOf(facts.payMethods);
  const [first] = facts.parties;
  return {
    contractNo: facts.contractNo,
    ...(facts.renewFrom ? { renewFrom: facts.renewFrom } : {}),
    signDate: facts.signedOn,
    startDate: facts.validFrom,
    endDate: facts.validTo,
    signMethod: facts.signer === 'guardian' ? '3' : '1',
    orgName: facts.organizationName,
    teamName: `${facts.doctorName}家庭医生团队`,
    teamLeader: facts.doctorName,
    members: [{ name: facts.doctorName, role: facts.doctorRole === 'village-doctor' ? '6' : '1' }],
    ...(facts.supportHospital ? { supportHospital: facts.supportHospital } : {}),
    residents: facts.parties.map((party) => ({
      name: party.name,
      gender: party.sex,
      birthDate: party.birthDate,
      ...(party.idNo ? { idNo: party.idNo } : {}),
      ...(party.phone ? { phone: party.phone } : {}),
      ...(party.relation ? { relation: party.relation } : {}),
      groupTags: groupTagsOf(party),
    })),
    ...(facts.address ? { address: facts.address } : {}),
    ...(facts.signer === 'guardian'
      ? {
          guardianName: facts.signerName,
          guardianRelation: facts.guardianRelation,
          ...(facts.guardianPhone ? { guardianPhone: facts.guardianPhone } : {}),
        }
      : {}),
    ...(insurance ? { insurance } : {}),
    packages: facts.packages.map((one) => ({
      packageId: one.code,
      packageName: one.name,
      packageType: one.priceCents === 0 ? '1' : '2',
      price: one.priceCents / 100,
    })),
    ...(total === 0 ? { payByInsurance: 0, payByPublicHealth: 0, payBySelf: 0 } : {}),
    totalFee: total,
    clauses: agreementClauses(facts),
    consentInfoUse: true,
    partyASign: facts.doctorName,
    partyBSign: first && facts.signer === 'resident' ? facts.signerName : '',
    ...(facts.endedOn && facts.endReason && endCodes[facts.endReason]
      ? { endReason: endCodes[facts.endReason], endedOn: facts.endedOn }
      : {}),
  };
}
