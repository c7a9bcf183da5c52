export { countCheckupYears } from './count-checkup-years.ts';
export { type FiledRecord, filePlainRecord, fileResidentRecord } from './file-record.ts';
export {
  findEditionInForce,
  findFormEdition,
  namedEdition,
  selectNamedEdition,
} from './find-form-edition.ts';
export { readScreeningSubject } from './screening-verdicts.ts';
export { sealQuestionsOf } from './seal-questions-of.ts';
