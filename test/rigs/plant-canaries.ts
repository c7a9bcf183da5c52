import type { MaskedField } from '#standards/reveal-purposes.ts';
import { idNoOf } from '#test/support/sample-person.ts';
import type { TestServer } from '#test/support/server.ts';

/** In every planted diagnosis, beside a word that makes it one; each person has their own. */
const canaryOf = (index: number) => `金丝雀${'甲乙丙丁戊己庚辛壬癸'[index]}`;

export interface PlantedPerson {
  readonly id: string;
  readonly canary: string;
  readonly whole: Readonly<Record<MaskedField, string>>;
}

export const township = '/999999/100/';

/** Fills the records of people who stand in as many tables as can be with values that give themselves away. */
export async function plantCanaries(server: TestServer, mostPeople: number): Promise<PlantedPerson[]> {
  const tables = await tablesAboutResidents(server);
  const chosen = await peopleInMostTables(server, tables, mostPeople);
  const planted = chosen.map((id, index) => ({ id, canary: canaryOf(index), whole: wholeValues(index) }));
  for (const { id, whole, canary } of planted) {
    const diagnosis = `梅毒${canary}`;
    const information = {
      ...whole,
      pastDiseases: [
        { code: '2' },
        { code: '8', text: `精神分裂症${canary}` },
        { code: '13', text: diagnosis },
      ],
      surgeries: '2',
      surgeriesRows: [{ name: `人工流产${canary}`, time: '2001' }],
      familyFather: ['2', '10'],
      disabilities: ['7'],
    };
    const sealed = (name: string, plain: string) => server.seals.text('resident', id, name, plain);
    const answers = server.seals.answers('resident', id, information);
    await server.look(
      'update resident set id_no = $2, phone = $3, personal_information = personal_information || $4::jsonb where id = $1',
      [id, sealed('idNo', whole.idNo), sealed('phone', whole.phone), JSON.stringify(answers)],
    );
    await server.look(
      'update resident_revision set personal_information = personal_information || $2::jsonb where resident_id = $1',
      [id, JSON.stringify(answers)],
    );
    await plantSealed(server, id, whole);
    for (const { table, column, kind } of tables) {
      const address = { phone: whole.phone, idNo: whole.idNo, address: whole.currentAddress };
      const words = `${diagnosis}，电话${whole.phone}，证件${whole.idNo}`;
      const planting =
        kind === 'object'
          ? [`"${column}"::jsonb || $2::jsonb`, JSON.stringify({ ...address, hbsag: '2', planted: words })]
          : [`'' || $2::text`, words];
      const where =
        kind === 'object' ? `and jsonb_typeof("${column}"::jsonb) = 'object'` : `and "${column}" is not null`;
      await server.look(
        `update "${table}" set "${column}" = ${planting[0]} where resident_id = $1 ${where}`,
        [id, planting[1]],
      );
    }
  }
  return planted;
}

/** In every sheet something sealed: a door that reads answers without the id they are sealed for cannot open them. */
async function plantSealed(server: TestServer, id: string, { contactPhone }: PlantedPerson['whole']) {
  const sheets = await server.look<{ id: string }>('select id from form_record where resident_id = $1', [id]);
  for (const sheet of sheets)
    await server.look('update form_record set answers = answers::jsonb || $2::jsonb where id = $1', [
      sheet.id,
      JSON.stringify(server.seals.answers('form_record', sheet.id, { contactPhone })),
    ]);
}

function wholeValues(index: number): Readonly<Record<MaskedField, string>> {
  const serial = 801 + index * 2;
  return {
    idNo: idNoOf(`99999919480229${serial}`),
    phone: `1397766${5500 + index}`,
    contactPhone: `1387766${5500 + index}`,
    currentAddress: `红星镇向阳村柳树巷${700 + index}号`,
    registeredAddress: `红星镇向阳村杨树巷${700 + index}号`,
  };
}

interface Place {
  readonly table: string;
  readonly column: string;
  readonly kind: 'object' | 'text';
}

/** Columns in which people write, and answers of sheets, of every table about residents. */
async function tablesAboutResidents(server: TestServer): Promise<Place[]> {
  const rows = await server.look<{ table: string; column: string; type: string }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
     join information_schema.columns r on r.table_schema = 'public' and r.table_name = c.table_name and r.column_name = 'resident_id'
     where c.table_schema = 'public' and c.table_name not in ('audit_entry', 'resident_revision', 'reveal_grant')
       and (c.data_type in ('json', 'jsonb') and c.column_name in ('answers', 'summary', 'content')
         or c.data_type = 'text' and c.column_name ~ '(note|reason|about|answer|first_handling|findings|handling|text|detail)$')
       and not exists (select from information_schema.constraint_column_usage u join information_schema.check_constraints k
         on k.constraint_name = u.constraint_name where u.table_name = c.table_name and u.column_name = c.column_name
         and k.check_clause ~ 'ARRAY')`,
  );
  return rows.map(({ table, column, type }) => ({
    table,
    column,
    kind: type.startsWith('json') ? 'object' : 'text',
  }));
}

/** People of the township who between them stand in every table that has anybody. */
async function peopleInMostTables(
  server: TestServer,
  tables: readonly Place[],
  most: number,
): Promise<string[]> {
  const of = new Map<string, Set<string>>();
  const names = new Set([
    ...tables.map((one) => one.table),
    ...[
      'enrollment',
      'follow_up_task',
      'campaign_person',
      'exam_person',
      'contract',
      'appointment',
      'centre_visit',
    ],
  ]);
  for (const table of names)
    for (const { id } of await server.look<{ id: string }>(
      `select distinct t.resident_id as id from "${table}" t join resident r on r.id = t.resident_id
       where r.org_path like '${township}%' and r.status = 'active'`,
    ))
      of.set(id, (of.get(id) ?? new Set()).add(table));
  const covered = new Set<string>();
  const chosen: string[] = [];
  const gain = (id: string) => [...(of.get(id) ?? [])].filter((table) => !covered.has(table)).length;
  while (chosen.length < most) {
    const [best] = [...of.keys()]
      .filter((id) => !chosen.includes(id))
      .sort((a, b) => gain(b) - gain(a) || (a < b ? -1 : 1));
    if (!best) break;
    chosen.push(best);
    for (const table of of.get(best) ?? []) covered.add(table);
  }
  return chosen;
}
