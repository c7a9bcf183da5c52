import { z } from 'zod';
import type { EditionHead } from '#kernel/choose-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { endpoint } from '../endpoint.ts';
import { textSchema } from '../wire-schemas.ts';

/** 一张表单的一版的定义：程序自带的，或发布过、存在库里的。 */
export const showFormEdition = endpoint({
  method: 'GET',
  path: '/api/forms/:form/:edition',
  params: z.strictObject({ form: textSchema(60), edition: textSchema(20) }),
  response: z.custom<FormEdition>(
    (value) => typeof value === 'object' && value !== null && 'groups' in value,
  ),
});

/** 一张表单现有的各版及起用日期：某一天该用哪一版，由它们定。 */
export const listFormEditions = endpoint({
  method: 'GET',
  path: '/api/forms/:form',
  params: z.strictObject({ form: textSchema(60) }),
  response: z.object({ items: z.array(z.custom<EditionHead>()) }),
});
