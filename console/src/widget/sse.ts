/** An event of a `text/event-stream`. */
export interface StreamEvent {
  name: string;
  data: string;
}

/** Reads events from text that arrives cut anywhere, as the HTML standard says (9.2.6). Ids are left
 * out: a message carries its number itself. */
export class StreamReader {
  private rest = "";
  private name = "";
  private data: string[] = [];

  /** The events that `text` completes. */
  push(text: string): StreamEvent[] {
    this.rest += text;
    const found: StreamEvent[] = [];
    for (;;) {
      const end = this.rest.search(/[\r\n]/);
      // A CR at the very end may be the first half of a CRLF.
      if (end === -1 || (this.rest[end] === "\r" && end === this.rest.length - 1)) return found;
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + (this.rest.startsWith("\r\n", end) ? 2 : 1));
      const event = this.line(line);
      if (event) found.push(event);
    }
  }

  private line(line: string): StreamEvent | null {
    if (line === "") return this.complete();
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.name = value;
    if (field === "data") this.data.push(value);
    return null;
  }

  private complete(): StreamEvent | null {
    const { name, data } = this;
    this.name = "";
    this.data = [];
    return data.length === 0 ? null : { name: name || "message", data: data.join("\n") };
  }
}
