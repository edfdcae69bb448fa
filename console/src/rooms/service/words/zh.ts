import { ask, teach } from "./ask/zh";
import { assist } from "./assist/zh";
import { channels } from "./channels/zh";
import { desk } from "./desk/zh";
import { evaluation } from "./evaluation/zh";
import { gaps } from "./gaps/zh";
import { trying, placing } from "./guide/zh";
import { quality } from "./quality/zh";
import { hours, keeping } from "./settings/zh";
import { widget } from "./widget/zh";
import { work } from "./work/zh";

/** A file for each screen. */
export const zh = {
  service: { group: "客服" },
  trying,
  placing,
  widget,
  ask,
  teach,
  work,
  evaluation,
  hours,
  keeping,
  assist,
  gaps,
  desk,
  quality,
  channels,
};
