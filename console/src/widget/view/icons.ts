const SVG = "http://www.w3.org/2000/svg";

/** Drawn on 24 × 24 with round lines of 1.8. */
const PATHS = {
  chat: "M4 11.2C4 7.2 7.6 4.5 12 4.5s8 2.7 8 6.7-3.6 6.7-8 6.7c-.9 0-1.8-.1-2.6-.3L5.6 19.5l.7-3.3C4.9 14.9 4 13.2 4 11.2ZM8.8 11.3h.01M12 11.3h.01M15.2 11.3h.01",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  picture: "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-11A1.5 1.5 0 0 1 5.5 5ZM4.5 17l4.7-4.7a1 1 0 0 1 1.4 0l5.9 6.2M14 14.5l1.6-1.6a1 1 0 0 1 1.4 0l2.7 2.7M15.2 9h.01",
  send: "M12 19V5.5M6 11l6-6 6 6",
  star: "M12 4.2l2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.6-4.8 2.6.9-5.4-3.9-3.8 5.4-.8z",
  person: "M12 11.5a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM5 19.7c.6-3.4 3.4-5.4 7-5.4s6.4 2 7 5.4",
} as const;

export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
