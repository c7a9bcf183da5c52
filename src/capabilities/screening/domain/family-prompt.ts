/** The same words for everybody, whatever the other person has: no name, no diagnosis. */
export const familyPromptText =
  '家庭健康提示：建议测一次血压和空腹血糖，做一次慢性病风险评估，并了解健康生活方式。';

/** Months after a screening during which a person is not prompted again. */
export const promptRestMonths = 12;
