/** Where something stands in a text, counted in code points as the server counts. */
export interface Span {
  start: number;
  end: number;
}

export interface Piece<S extends Span> {
  text: string;
  /** What the piece is marked as; undefined for what stands between marks. */
  of?: S;
}

/** A place in the units that a browser counts a text by: beyond the basic plane a code point takes two. */
export function unitsBefore(text: string, place: number): number {
  let units = 0;
  let passed = 0;
  for (const letter of text) {
    if (passed === place) break;
    units += letter.length;
    passed += 1;
  }
  return units;
}

/** The whole text in pieces; where marks overlap, the one that begins first goes on to its end. */
export function pieces<S extends Span>(text: string, spans: readonly S[]): Piece<S>[] {
  const letters = [...text];
  const made: Piece<S>[] = [];
  let at = 0;
  const add = (end: number, of?: S) => {
    if (end > at) made.push({ text: letters.slice(at, end).join(""), ...(of && { of }) });
    at = Math.max(at, end);
  };
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    add(Math.min(span.start, letters.length));
    add(Math.min(span.end, letters.length), span);
  }
  add(letters.length);
  return made;
}

/** The text with other words in place of a span. */
export function replaced(text: string, { start, end }: Span, words: string): string {
  const letters = [...text];
  return [...letters.slice(0, start), words, ...letters.slice(end)].join("");
}
