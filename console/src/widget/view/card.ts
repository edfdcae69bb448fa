import type { Action, Card } from "../contract";
import { secureAddress, within } from "../links";
import type { Words } from "../words";
import { h, unseen } from "./dom";
import { link } from "./text";

export interface CardContext {
  words: Words;
  server: string;
  /** Says a text as the shopper, about the card's product or order. */
  say(text: string, card: Card): void;
}

/** A product or an order, with what can be done about it. */
export function cardView(card: Card, context: CardContext): HTMLElement {
  const address = secureAddress(card.url);
  const title = address ? link(address, [card.title], context.words) : card.title;
  return h("article", { class: `card ${card.kind}` }, [
    h("div", { class: "card-top" }, [
      picture(card, context.server),
      h("div", { class: "card-text" }, [
        card.status && h("span", { class: "card-status" }, [card.status]),
        h("h3", {}, [title]),
        price(card, context.words),
        ...card.lines.map((line) => h("p", { class: "card-line" }, [line])),
      ]),
    ]),
    card.actions.length > 0 && h("div", { class: "card-actions" }, card.actions.map((each) => act(each, card, context))),
  ]);
}

function picture({ image }: Card, server: string): HTMLElement | null {
  const address = image === null ? null : within(server, image);
  if (address === null) return null;
  // The title beside it says what is seen. A picture that does not come leaves its ground.
  const element = h("img", { alt: "", loading: "lazy", src: address, width: 72, height: 72 });
  element.addEventListener("error", () => element.removeAttribute("src"));
  return element;
}

function price({ price: now, was }: Card, words: Words): HTMLElement | null {
  if (now === null) return null;
  return h("p", { class: "price" }, [
    unseen(words.price),
    h("b", {}, [now]),
    was ? h("s", {}, [unseen(words.was), was]) : null,
  ]);
}

function act(action: Action, card: Card, { words, say }: CardContext): HTMLElement | null {
  const { says, url } = action;
  if (says) {
    const speak = () => say(says, card);
    return h("button", { type: "button", class: "pill" }, [action.label], { click: speak });
  }
  const address = secureAddress(url ?? null);
  return address === null ? null : link(address, [action.label], words, "pill");
}
