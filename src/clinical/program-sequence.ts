// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 4;

/** The set of definitions this number stands for. */
export const programSet = '035049f956978743a94fb62d38f1e185b91221ac2657aaa87eb9f8e353240f47';
