// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 1;

/** The set of definitions this number stands for. */
export const programSet = '1ad04e60599c46afebe82027054ee74f3cb03abc14d0e5abeaafb1193e50c900';
