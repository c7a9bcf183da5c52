import { BinaryRows } from './binary-rows.ts';

const words = (text: string) => text.split(' ');

/** The tables that people and their care fill, parents first, with the columns in the order rows are written. */
export const peopleTables = {
  resident: words(
    'county_id id organization_id org_path household_id archive_no name name_initials name_initials_alt sex birth_date id_type id_no phone id_no_index identity_index id_tail_index phone_index phone_tail_index form_edition personal_information status status_on status_note version created_at created_by updated_at',
  ),
  enrollment: words(
    'county_id id resident_id organization_id org_path program enrolled_on diagnosed_on source closed_on close_reason version created_at created_by',
  ),
  form_record: words(
    'county_id id operation_id visit_id resident_id organization_id org_path form form_edition occurred_on mode status answers supersedes_id superseded_by correction_reason received_at recorded_by',
  ),
  measurement: words('county_id record_id kind resident_id org_path value unit context occurred_on'),
  verdict: words(
    'county_id record_id rule_id resident_id org_path edition clause certainty outcome reasons occurred_on',
  ),
  follow_up_task: words(
    'county_id id resident_id enrollment_id organization_id org_path program kind risk_rank due_on latest_on reason opened_by_record opened_at',
  ),
  management_year: words(
    'county_id program year resident_id enrollment_id org_path managed standard standard_reasons last_visit_on last_sbp last_dbp controlled_statutory controlled_clinical control_reasons editions valid_from valid_through',
  ),
} as const;

export type PeopleTable = keyof typeof peopleTables;
export const peopleTableNames = Object.keys(peopleTables) as PeopleTable[];

/** Rows of all these tables, being written. */
export type PeopleRows = Readonly<Record<PeopleTable, BinaryRows>>;

export function emptyRows(): PeopleRows {
  return {
    resident: new BinaryRows(),
    enrollment: new BinaryRows(),
    form_record: new BinaryRows(),
    measurement: new BinaryRows(),
    verdict: new BinaryRows(),
    follow_up_task: new BinaryRows(),
    management_year: new BinaryRows(),
  };
}
