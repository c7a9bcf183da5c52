// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 7;

/** The set of definitions this number stands for. */
export const programSet = '2721f13d1262e33a9f109835baf066c1d1b56d3a55b27e2b738e1c2d0a19b5fa';
