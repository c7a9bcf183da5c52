import { describe, expect, it } from 'vitest';
import { constitutionLabels } from '#clinical/tcm/judge-constitution.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { tcmConstitution2017 } from '#standards/forms/tcm-constitution/2017.ts';
import { recordedConstitutions } from './recorded-constitutions.ts';

const results = fieldsOf(tcmConstitution2017).filter((field) => field.id.endsWith('Result'));

describe('constitutions a sheet says', () => {
  it('are found at each of the nine result fields of the national sheet, one name each', () => {
    expect(results).toHaveLength(9);
    for (const { id, label } of results) {
      const [found] = recordedConstitutions({ [id]: '1' });
      expect(found && label.includes(constitutionLabels[found]), `${id} ${label} → ${found}`).toBe(true);
    }
  });
  it('are those answered 是, several together, in the order of the sheet', () => {
    expect(recordedConstitutions({ phlegmDampResult: '1', qiDeficiencyResult: '1' })).toEqual([
      'qixu',
      'tanshi',
    ]);
  });
  it('are none for a tendency, 基本是, an empty or an unknown answer', () => {
    expect(recordedConstitutions({})).toEqual([]);
    expect(
      recordedConstitutions({
        qiDeficiencyResult: '2',
        balancedResult: '3',
        dampHeatResult: 1,
        yinDeficiencyResult: null,
      }),
    ).toEqual([]);
  });
});
