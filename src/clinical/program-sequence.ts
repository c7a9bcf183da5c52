// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 3;

/** The set of definitions this number stands for. */
export const programSet = '255a93affaf9341c0be8c3507d6af404f6acd88682ae76315c7a993e716cbbac';
