/** What the server of the chat says, as it says it. */

export interface Shop {
  shop: string;
  color: string | null;
  greeting: string | null;
  quick_replies: string[];
  opens: string | null;
  closes: string | null;
}

export interface Message {
  seq: number;
  client_id: string | null;
  author: "shopper" | "ai" | "person" | "system";
  /** A person's display name. */
  name: string | null;
  /** Null: it was removed. */
  text: string | null;
  images: Picture[];
  cards: Card[];
  at: string;
}

export interface Picture {
  /** Relative to the server; it takes the conversation's token. */
  url: string;
  width: number;
  height: number;
}

export interface Card {
  kind: "product" | "order";
  id: string;
  title: string;
  image: string | null;
  price: string | null;
  /** What it cost before; not every server tells. */
  was?: string | null;
  status: string | null;
  lines: string[];
  url: string | null;
  actions: Action[];
}

/** Says something as the shopper, or else opens a page. */
export interface Action {
  label: string;
  says?: string | null;
  url?: string | null;
}

export interface State {
  state: "ai" | "waiting" | "person" | "closed";
  is_thinking: boolean;
  is_typing: boolean;
  rating: number | null;
  /** By when a person will have answered who is not there now. */
  promised_at: string | null;
}

/** What a message is about. */
export interface About {
  product_id?: string;
  order_id?: string;
}
