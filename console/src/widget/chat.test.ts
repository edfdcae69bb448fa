import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "./chat";
import type { Message } from "./contract";
import type { Settings } from "./settings";

const SETTINGS: Settings = {
  server: "https://chat.example/", key: "k", language: "zh", color: null, theme: "system",
  product: "YX01", order: null, buyer: { nick: "momo", at: 1, signature: "ff" },
};
const SHOP = { shop: "檐下碗铺", color: null, greeting: null, quick_replies: [], opens: null, closes: null };

/** A server of the contract, as far as a conversation needs one. */
class FakeServer {
  readonly said: Message[] = [];
  readonly starts: Record<string, unknown>[] = [];
  tokens = new Set<string>();
  isClosed = false;
  refusesBuyers = false;
  private readonly streams: ReadableStreamDefaultController<Uint8Array>[] = [];

  readonly fetch = (address: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(address);
    const path = pathname.replace("/api/chat/k", "");
    const headers = init.headers as Record<string, string>;
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    return Promise.resolve(this.answer(`${init.method} ${path}`, headers, body, searchParams));
  };

  tell(more: Partial<Message>): Message {
    const message: Message = {
      seq: this.said.length + 1, client_id: null, author: "ai", name: null, text: "好", images: [], cards: [],
      at: "2026-06-01T10:00:00Z", ...more,
    };
    this.said.push(message);
    for (const stream of this.streams) stream.enqueue(eventOf("message", message));
    return message;
  }

  private answer(what: string, headers: Record<string, string>, body: Record<string, unknown>, query: URLSearchParams) {
    if (this.isClosed) return json({ code: "not_found", message: "关了" }, 404);
    if (what === "GET ") return json(SHOP);
    if (what === "POST /conversations") return this.start(headers, body);
    if (!this.tokens.has(headers["authorization"]?.slice(7) ?? "")) return json({ code: "x", message: "" }, 401);
    if (what === "POST /messages") return json(this.take(body));
    if (what === "GET /stream") return this.stream(Number(query.get("after")));
    return new Response(null, { status: 204 });
  }

  private start(headers: Record<string, string>, body: Record<string, unknown>): Response {
    if (headers["x-zhanggui"] !== "1") return json({ code: "forbidden", message: "" }, 403);
    this.starts.push(body);
    if (this.refusesBuyers && body["buyer"]) return json({ code: "forbidden", message: "太旧", where: "buyer" }, 403);
    const token = `t${this.starts.length}`;
    this.tokens.add(token);
    return json({ token }, 201);
  }

  private take(body: Record<string, unknown>): Message {
    const known = this.said.find(({ client_id }) => client_id === body["client_id"]);
    return known ?? this.tell({ author: "shopper", client_id: String(body["client_id"]), text: String(body["text"]) });
  }

  private stream(after: number): Response {
    const seen = this.said.filter(({ seq }) => seq > after);
    const state = { state: "ai", is_thinking: false, is_typing: false, rating: null };
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      for (const message of seen) controller.enqueue(eventOf("message", message));
      controller.enqueue(eventOf("state", state));
      this.streams.push(controller);
    };
    return new Response(new ReadableStream({ start }));
  }
}

function texts(chat: Chat): (string | null)[] {
  return [...chat.messages.values()].map(({ text }) => text);
}

function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function eventOf(name: string, data: object): Uint8Array {
  return new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

describe("a conversation", () => {
  let server: FakeServer;
  const chats: Chat[] = [];

  function visit(): Chat {
    const chat = new Chat(SETTINGS, () => {});
    chats.push(chat);
    chat.start();
    return chat;
  }
  beforeEach(() => {
    localStorage.clear();
    server = new FakeServer();
    vi.stubGlobal("fetch", server.fetch);
  });
  afterEach(() => {
    for (const chat of chats.splice(0)) chat.stop();
    vi.unstubAllGlobals();
  });

  it("begins with the first word, not with a look", async () => {
    const chat = visit();
    await vi.waitFor(() => expect(chat.shop).toEqual(SHOP));
    expect(server.starts).toEqual([]);
    chat.say("在吗");
    await vi.waitFor(() => expect(texts(chat)).toEqual(["在吗"]));
    expect(server.starts).toHaveLength(1);
    expect(server.starts[0]).toMatchObject({ product_id: "YX01", buyer: SETTINGS.buyer });
    expect(chat.unsent).toEqual([]);
  });

  it("goes on where it was in another page, with what is new counted", async () => {
    const chat = visit();
    chat.say("在吗");
    await vi.waitFor(() => expect(chat.state).not.toBeNull());
    chat.see();
    chat.stop();
    server.tell({ text: "在的" });
    const again = visit();
    await vi.waitFor(() => expect(texts(again)).toEqual(["在吗", "在的"]));
    expect(again.unread).toBe(1);
    again.see();
    expect(again.unread).toBe(0);
  });

  it("begins anew when its token holds no longer, and takes along what was not sent", async () => {
    localStorage.setItem("zhanggui.chat.k.token", "old");
    const chat = visit();
    chat.say("还在吗");
    await vi.waitFor(() => expect(texts(chat)).toEqual(["还在吗"]));
    expect(server.starts).toHaveLength(1);
    expect(chat.token).toBe("t1");
  });

  it("asks without a name where the page's word for it is too old", async () => {
    server.refusesBuyers = true;
    const chat = visit();
    chat.say("在吗");
    await vi.waitFor(() => expect(texts(chat)).toEqual(["在吗"]));
    expect(server.starts.map(({ buyer }) => Boolean(buyer))).toEqual([true, false]);
    expect(chat.refusal).toBeNull();
  });

  it("says that it is closed when its key is", async () => {
    server.isClosed = true;
    const chat = visit();
    await vi.waitFor(() => expect(chat.refusal?.status).toBe(404));
  });

  it("has no message twice when the stream was sooner than the answer", async () => {
    const chat = visit();
    chat.say("一");
    chat.say("二");
    await vi.waitFor(() => expect(texts(chat)).toEqual(["一", "二"]));
    await vi.waitFor(() => expect(chat.unsent).toEqual([]));
    expect(server.said).toHaveLength(2);
  });
});
