// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 5;

/** The set of definitions this number stands for. */
export const programSet = '040c63fdd1219b30920ddc65ce6cff8d80f97855f915f140fb11df9ea81ad8b1';
