import { ask, teach } from "./ask/en";
import { assist } from "./assist/en";
import { channels } from "./channels/en";
import { desk } from "./desk/en";
import { evaluation } from "./evaluation/en";
import { gaps } from "./gaps/en";
import { trying, placing } from "./guide/en";
import { quality } from "./quality/en";
import { hours, keeping } from "./settings/en";
import { widget } from "./widget/en";
import { work } from "./work/en";
import type { zh } from "./zh";

/** A file for each screen. */
export const en: typeof zh = {
  service: { group: "Service" },
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
