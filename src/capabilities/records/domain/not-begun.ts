/** Why no sheet of a form can be begun where the county has no edition of it that this program reads, and what is kept. */
export const notBegun = (title: string): string =>
  `“${title}”现在不能开始填写：更新的程序已停用或换掉了它的表样，这台服务器还没有升级，读不了新版。已存的表和没填完的草稿都在，升级后再填。`;
