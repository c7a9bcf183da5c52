import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { matchedName } from '#kernel/person-name.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';

/** The columns a resident row takes from the personal-information form. */
export interface ResidentIdentity {
  readonly name: string;
  readonly sex: '0' | '1' | '2' | '9';
  readonly birthDate: PlainDate;
  readonly idType: string;
  readonly idNo: string | null;
  readonly phone: string | null;
}

export interface PersonalInformationCheck {
  readonly answers: FormAnswers;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
  /** Present when there are no errors. */
  readonly identity: ResidentIdentity | null;
}

/** Code of 居民身份证 among the identity documents. */
const identityCard = '01';

/**
 * Checks a personal-information form and what ties it to an identity card: the check digit, the birth date, and the sex,
 * which asks rather than refuses. Never throws.
 * @source 国家基本公共卫生服务规范（第三版） 个人基本信息表 填表说明；GB 11643-1999
 */
export function checkPersonalInformation(
  edition: FormEdition,
  given: unknown,
  today: PlainDate,
): PersonalInformationCheck {
  const validation = validateAnswers(edition, given, { today });
  const errors = [...validation.errors];
  const warnings = [...validation.warnings];
  const { answers } = validation;
  const idType = typeof answers.idType === 'string' ? answers.idType : identityCard;
  let idNo = typeof answers.idNo === 'string' ? answers.idNo : null;
  if (idNo !== null && idType === identityCard) {
    const checked = checkIdentityNumber(idNo);
    if (checked.kind === 'invalid')
      errors.push({ path: 'idNo', code: checked.reason, message: checked.message });
    else {
      idNo = checked.idNo;
      if (typeof answers.birthDate === 'string' && answers.birthDate !== checked.birthDate) {
        const message = `出生日期与身份证号（${checked.birthDate}）不一致，请核对。`;
        errors.push({ path: 'birthDate', code: 'differs-from-identity', message });
      }
      const sex = answers.gender;
      if ((sex === '1' || sex === '2') && sex !== checked.sex) {
        const message = `性别与身份证号（${checked.sex === '1' ? '男' : '女'}）不一致，请确认。`;
        warnings.push({ path: 'gender', code: 'differs-from-identity', message });
      }
    }
  }
  if (errors.length > 0) return { answers, errors, warnings, identity: null };
  return {
    answers: { ...answers, ...(idNo === null ? {} : { idNo }) },
    errors,
    warnings,
    identity: {
      name: matchedName(String(answers.name)),
      sex: answers.gender as ResidentIdentity['sex'],
      birthDate: plainDate(String(answers.birthDate)),
      idType,
      idNo,
      phone: typeof answers.phone === 'string' ? answers.phone.replace(/-/g, '') : null,
    },
  };
}
