import { cumulate, type Random } from './random.ts';

/** Common surnames with their rough share in per mille, after published frequency lists. */
const surnameShares =
  '王71 李70 张68 刘54 陈45 杨31 黄22 赵20 吴20 周19 徐15 孙15 马13 朱13 胡12 郭12 何11 林11 高10 罗9 郑8 梁8 谢7 宋7 唐7 许6 韩6 冯6 邓6 曹6 彭6 曾6 肖6 田5 董5 袁5 潘5 于5 蒋5 蔡4 余4 杜4 叶4 程4 苏4 魏4 吕4 丁4 任4 沈4 姚3 卢3 姜3 崔3 钟3 谭3 陆3 汪3 范3 金3 石3 廖3 贾3 夏3 韦2 付2 方2 白2 邹2 孟2 熊2 秦2 邱2 江2 尹2 薛2 闫2 段2 雷2 侯2 龙2 史2 陶2 黎2 贺2 顾2 毛2 郝2 龚2 邵2 万2 钱2 严2 覃1 武1 戴1 莫1 孔1 向1 汤1 单1 解1 仇1 曲1';
const surnames = surnameShares.split(' ').map((part) => part.slice(0, 1));
const surnameWeights = cumulate(surnameShares.split(' ').map((part) => Number(part.slice(1))));

type Era = 'old' | 'middle' | 'young';

const givenNames: Readonly<Record<Era, Readonly<Record<'1' | '2', readonly string[]>>>> = {
  old: {
    '1': '建国 国强 德福 永福 金山 长生 福生 广才 有才 志明 玉山 宝山 树林 文才 天佑 春生 根生 水生 大山 兴旺 培德 守义 忠义 祥瑞 万福'.split(
      ' ',
    ),
    '2': '秀英 桂英 玉兰 秀兰 桂兰 凤英 玉珍 淑珍 桂芳 秀珍 凤兰 玉梅 素珍 翠花 春花 金花 菊花 兰英 素芳 淑兰 玉华 月娥 秀云 彩云 爱英'.split(
      ' ',
    ),
  },
  middle: {
    '1': '建军 志强 军 勇 伟 刚 国华 建华 卫东 卫国 永强 海军 建平 志刚 明 辉 涛 斌 峰 小军 红军 新民 建设 学军 立新'.split(
      ' ',
    ),
    '2': '丽 敏 静 霞 艳 红 梅 芳 娟 燕 春梅 红霞 小红 丽华 秀梅 海燕 晓燕 玉霞 建英 美玲 爱华 慧 琴 萍 淑芬'.split(
      ' ',
    ),
  },
  young: {
    '1': '浩然 子轩 宇航 博文 俊杰 浩宇 梓豪 一鸣 天宇 嘉豪 晨阳 文博 泽宇 思远 鑫 磊 鹏 超 凯 旭 亮 宁 帅 杰 阳'.split(
      ' ',
    ),
    '2': '梓涵 欣怡 诗涵 雨桐 佳怡 思琪 雨欣 梦琪 可欣 一诺 紫涵 若曦 语嫣 婷 倩 雪 莹 颖 佳 璐 瑶 琳 悦 萱 妍'.split(
      ' ',
    ),
  },
};

/** Whole names met so far, by surname and the rest: a text put together anew each time is slow to look up. */
const wholeNames = new Map<string, Map<string, string>>();

function wholeName(surname: string, given: string): string {
  let names = wholeNames.get(surname);
  if (!names) {
    names = new Map();
    wholeNames.set(surname, names);
  }
  let name = names.get(given);
  if (name === undefined) {
    name = `${surname}${given}`;
    names.set(given, name);
  }
  return name;
}

/** A believable name for somebody born in this year. */
export function drawName(random: Random, sex: '1' | '2', birthYear: number, surname?: string): string {
  const era: Era = birthYear < 1960 ? 'old' : birthYear < 1990 ? 'middle' : 'young';
  return wholeName(surname ?? drawSurname(random), random.pick(givenNames[era][sex]));
}

export function drawSurname(random: Random): string {
  return surnames[random.weighted(surnameWeights)] ?? '王';
}

/** Names of townships and villages that no map knows. */
export const townshipNames =
  '青禾 柳溪 云台 石泉 松岭 白水 双桥 花园 龙湾 长坪 清河 安丰 凤鸣 竹溪 桃源 南岗 北坪 河阳 东林 西坡 金谷 银杏 玉泉 红星 新安 太平 永宁 和顺 福田 乐安 望江 临川 古渡 平川 明湖 春泉'.split(
    ' ',
  );
export const villageNames =
  '大槐树 李家湾 王庄 上河 下河 石桥 柳树沟 杏花 前进 团结 幸福 向阳 东风 梨园 枣林 窑坪 寺前 马家堡 陈家沟 刘家坪 双龙 青山 高家塬 杨柳 桃花 清泉 龙泉 大坪 小坪 河口 山根 岭上 赵庄 孙家寨 周家坝 吴家店 张家塘 新建 和平 光明'.split(
    ' ',
  );
