import type { Words } from "../index";
import { base } from "./base";
import { knowledge } from "./knowledge";
import { service } from "./service";
import { shell } from "./shell";
import { shop } from "./shop";

export const en: Words = { ...shell, ...base, ...shop, ...knowledge, ...service };
