import type { About, Message, Shop } from "./contract";
import { Problem, readProblem } from "./problems";
import type { Settings } from "./settings";
import { within } from "./links";

/** How long an answer may take before it counts as lost; what is sent again is not taken twice. */
const LONGEST_MS = 30_000;

/** The chat's HTTP calls. Every one of them throws a `Problem` when it does not succeed. */
export class Api {
  constructor(private readonly settings: Settings) {}

  shop(): Promise<Shop> {
    return this.json("GET", "");
  }

  async start(page: string): Promise<string> {
    const { product, order, buyer } = this.settings;
    const body = { page, product_id: product, order_id: order };
    try {
      return await this.begin({ ...body, buyer });
    } catch (error) {
      // On a page that stood open for long the signature is too old; one may ask all the same.
      if (buyer !== null && error instanceof Problem && error.where === "buyer") return this.begin(body);
      throw error;
    }
  }

  say(token: string, client_id: string, text: string, about: About): Promise<Message> {
    return this.json("POST", "/messages", { token, body: { client_id, text, ...about } });
  }

  show(token: string, client_id: string, picture: Blob): Promise<Message> {
    const form = new FormData();
    form.append("file", picture, picture.type === "image/png" ? "picture.png" : "picture.jpg");
    return this.json("POST", `/images?client_id=${encodeURIComponent(client_id)}`, { token, form });
  }

  async typing(token: string): Promise<void> {
    await this.call("POST", "/typing", { token });
  }

  async rate(token: string, rating: number, words: string): Promise<void> {
    await this.call("PUT", "/rating", { token, body: { rating, words } });
  }

  /** The stream's answer, whose body is still on its way; it ends with `signal`. */
  stream(token: string, after: number, signal: AbortSignal): Promise<Response> {
    const headers = { accept: "text/event-stream" };
    return this.call("GET", `/stream?after=${after}`, { token, signal, headers });
  }

  async picture(token: string, url: string): Promise<Blob> {
    const address = within(this.settings.server, url);
    // The token goes to the chat's own server and to nobody else.
    if (address === null) throw new Problem(0, "");
    return (await this.request(address, "GET", { token })).blob();
  }

  private async begin(body: object): Promise<string> {
    return (await this.json<{ token: string }>("POST", "/conversations", { body })).token;
  }

  private async json<T>(method: string, path: string, sent: Sent = {}): Promise<T> {
    return (await this.call(method, path, sent)).json() as Promise<T>;
  }

  private call(method: string, path: string, sent: Sent = {}): Promise<Response> {
    const { server, key } = this.settings;
    return this.request(`${server}api/chat/${encodeURIComponent(key)}${path}`, method, sent);
  }

  private async request(address: string, method: string, { token, body, form, headers, signal }: Sent) {
    const response = await fetch(address, {
      method,
      headers: {
        ...headers,
        "accept-language": this.settings.language,
        // What no form of another site can send; the server asks for it with whatever changes something.
        ...(method === "GET" ? {} : { "x-zhanggui": "1" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      body: form ?? (body ? JSON.stringify(body, present) : null),
      credentials: "omit",
      referrerPolicy: "strict-origin-when-cross-origin",
      signal: signal ?? endingAfter(LONGEST_MS),
    }).catch(() => {
      throw new Problem(0, "");
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  }
}

interface Sent {
  token?: string;
  body?: object;
  form?: FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Leaves out what is not known. */
function present(_name: string, value: unknown): unknown {
  return value ?? undefined;
}

/** A signal that ends a request after so long; browsers before 2022 have none ready made. */
function endingAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}
