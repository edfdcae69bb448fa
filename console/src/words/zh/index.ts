import { base } from "./base";
import { knowledge } from "./knowledge";
import { service } from "./service";
import { shell } from "./shell";
import { shop } from "./shop";

/** 简体中文：控制台里的每一句话，按房间分开。其余语言的类型由此而来，少一句就过不了类型检查。 */
export const zh = { ...shell, ...base, ...shop, ...knowledge, ...service };
