// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = 2;

/** The set of definitions this number stands for. */
export const programSet = '9a7ceaf35a3e9d62c00d29abae02f547e7c3c8f2705ba4a17589627201cb3092';
