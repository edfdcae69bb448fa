import { describe, expect, it } from "vitest";
import { linkify, secureAddress, webAddress, within } from "./links";

const links = (text: string) => linkify(text).flatMap(({ href }) => (href === null ? [] : [href]));

describe("links in a text", () => {
  it.each([
    ["看 https://shop.example/a?b=1&c=2，谢谢", ["https://shop.example/a?b=1&c=2"]],
    ["详见https://shop.example/help。", ["https://shop.example/help"]],
    ["链接https://shop.example/help请看", ["https://shop.example/help"]],
    ["(see http://a.example/x_(y)).", ["http://a.example/x_(y)"]],
    ["https://a.example, https://b.example!", ["https://a.example/", "https://b.example/"]],
    ["javascript:alert(1) data:text/html,x ftp://a.example www.a.example", []],
    ["https:// http://", []],
    ['<a href="https://a.example/">x</a>', ["https://a.example/"]],
  ])("%s", (text, found) => {
    expect(links(text)).toEqual(found);
    expect(linkify(text).map((piece) => piece.text).join("")).toBe(text);
  });
});

describe("addresses", () => {
  it("are of the web, and a card's are secure", () => {
    expect(webAddress("JavaScript:alert(1)")).toBeNull();
    expect(webAddress(" https://a.example/x ")).toBe("https://a.example/x");
    expect(secureAddress("http://a.example")).toBeNull();
    expect(secureAddress("https://a.example/x")).toBe("https://a.example/x");
    expect(secureAddress(null)).toBeNull();
  });

  it("within the server lead to no other", () => {
    const server = "https://chat.example/zg/";
    expect(within(server, "/api/chat/k/images/a.jpg")).toBe("https://chat.example/api/chat/k/images/a.jpg");
    expect(within(server, "//evil.example/x")).toBeNull();
    expect(within(server, "https://evil.example/x")).toBeNull();
    expect(within(server, "javascript:alert(1)")).toBeNull();
  });
});
