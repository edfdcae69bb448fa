import type { Problem } from "../problems";
import type { Words } from "../words";
import { h } from "./dom";
import { icon } from "./icons";

/** In place of a conversation: that there is none to be had here. */
export function refusalView(problem: Problem, words: Words): HTMLElement {
  const isGone = problem.status === 404;
  const title = isGone ? words.gone : words.unwelcome;
  const hint = isGone ? words.goneHint : (problem.hint ?? problem.message);
  return h("div", { class: "refusal" }, [icon("chat"), h("h3", {}, [title]), h("p", {}, [hint])]);
}
