import { describe, expect, it, vi } from "vitest";
import type { Card, Message } from "../contract";
import { Pictures } from "../pictures";
import type { Unsent } from "../queue";
import { words } from "../words";
import { MessageView, type MessageContext } from "./message";

const EVIL = `<img src=x onerror="alert(1)"><script>alert(1)</script>&lt;b&gt;`;

const CONTEXT: MessageContext = {
  words: words("zh"), language: "zh", server: "https://chat.example/",
  pictures: new Pictures(() => Promise.reject(new Error("none"))),
  say: () => {}, enlarge: () => {}, retry: () => {}, discard: () => {},
};

function shown(more: Partial<Message>, context: Partial<MessageContext> = {}): HTMLElement {
  const message: Message = {
    seq: 1, client_id: null, author: "ai", name: null, text: "", images: [], cards: [],
    at: "2026-06-01T10:00:00Z", ...more,
  };
  const view = new MessageView(
    { kind: "message", key: "#1", message, isFirst: true, unsent: null },
    { ...CONTEXT, ...context },
  );
  return view.element;
}

function refused(text: string): Unsent {
  return { client_id: "c", at: 1, text, image: null, problem: "不能发" };
}

function card(more: Partial<Card>): Card {
  return {
    kind: "product", id: "P1", title: EVIL, image: null, price: null, was: null, status: null, lines: [],
    url: null, actions: [], ...more,
  };
}

describe("a message", () => {
  it("shows markup as the text it is, whoever wrote it", () => {
    for (const author of ["shopper", "ai", "person", "system"] as const) {
      const element = shown({ author, name: EVIL, text: EVIL });
      expect(element.querySelector(".bubble")?.textContent).toBe(EVIL);
      expect(element.querySelectorAll("img, script, b")).toHaveLength(0);
    }
  });

  it("shows markup in a card as the text it is", () => {
    const all = card({ price: EVIL, was: EVIL, status: EVIL, lines: [EVIL], actions: [{ label: EVIL, says: EVIL, url: null }] });
    const element = shown({ cards: [all] });
    expect(element.querySelectorAll("img, script")).toHaveLength(0);
    expect(element.querySelector("h3")?.textContent).toBe(EVIL);
  });

  it("opens web addresses elsewhere, and tells them nothing", () => {
    const link = shown({ text: "看 https://a.example/x，好吗" }).querySelector("a");
    expect(link?.getAttribute("href")).toBe("https://a.example/x");
    expect(link?.rel).toBe("noopener noreferrer nofollow");
    expect(link?.target).toBe("_blank");
  });

  it("follows no address of a card but a secure one", () => {
    const actions = ["javascript:alert(1)", "http://a.example", "https://a.example/pay"].map((url) => ({ label: url, says: null, url }));
    const element = shown({ cards: [card({ url: "javascript:alert(1)", image: "//evil.example/x.png", actions })] });
    expect([...element.querySelectorAll("a")].map(({ href }) => href)).toEqual(["https://a.example/pay"]);
    expect(element.querySelectorAll("img")).toHaveLength(0);
  });

  it("lets a card speak for the shopper", () => {
    const say = vi.fn<() => void>();
    const about = card({ actions: [{ label: "有货吗", says: "这个还有货吗" }] });
    shown({ cards: [about] }, { say }).querySelector<HTMLButtonElement>(".pill")?.click();
    expect(say).toHaveBeenCalledWith("这个还有货吗", about);
  });

  it("keeps the buttons of one that was refused, whatever else happens", () => {
    const retry = vi.fn<() => void>();
    const said: Message = {
      seq: 0, client_id: "c", author: "shopper", name: null, text: "在吗", images: [], cards: [], at: "2026-06-01T10:00:00Z",
    };
    const entry = { kind: "message", key: "c", message: said, isFirst: true, unsent: null } as const;
    const view = new MessageView(entry, { ...CONTEXT, retry });
    view.update(refused("在吗"), false);
    const again = view.element.querySelector(".fate button");
    view.update(refused("在吗?"), true);
    expect(view.element.querySelector(".fate button")).toBe(again);
    (again as HTMLButtonElement).click();
    expect(retry).toHaveBeenCalledWith(refused("在吗?"));
    view.update({ ...refused("在吗?"), problem: null }, false);
    expect(view.element.querySelectorAll(".fate button")).toHaveLength(0);
  });

  it("says that it was removed, and no more", () => {
    expect(shown({ text: null }).querySelector(".bubble")?.textContent).toBe("这条消息已撤回");
  });
});
