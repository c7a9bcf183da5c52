/**
 * Edition of the rules as code and of the form engine. Raised when a definition could be published that the code before
 * would misread: a parameter of another shape, a field of a new kind, a rule that reads another field. A phone that is older
 * than a definition leaves it aside and goes on with the edition it can read.
 */
export const engineEdition = 1;
