import { describe, expect, it } from "vitest";
import { deviceOf } from "./device";

const AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("deviceOf", () => {
  it.each([
    [`${AGENT} Chrome/156.0.0.0 Safari/537.36`, "Chrome 156 · Windows"],
    [`${AGENT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, "Edge 156 · Windows"],
    [`${PHONE} Version/19.0 Mobile/15E148 Safari/604.1`, "Safari 19 · iPhone"],
    [`${PHONE} Mobile/15E148 MicroMessenger/8.0.60`, "WeChat 8 · iPhone"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox 150 · Linux"],
    ["curl/8.9", "curl/8.9"],
    ["", ""],
  ])("%s", (client, name) => expect(deviceOf(client)).toBe(name));
});
