const BROWSERS: [RegExp, string][] = [
  // What others claim to be as well comes last.
  [/MicroMessenger\/(\d+)/, "WeChat"],
  [/Edg(?:A|iOS)?\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, "Chrome"],
  [/Version\/(\d+).*Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** A browser by the name people know it by (`Chrome 156 · Windows`), from what it calls itself; what
 * is no browser keeps its own name. */
export function deviceOf(client: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(client));
  if (!browser) return client;
  const version = browser[0].exec(client)?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(client))?.[1];
  return [`${browser[1]} ${version}`, system].filter(Boolean).join(" · ");
}
