/** Which rows of a long list are within sight; apart from any screen, so that it can be tested. */

/** Rows that are made before they are seen, at either end. */
const BEYOND = 12;
/** Rows by which what is made moves on, so that not every pixel makes new ones. */
const STEP = 6;

export interface Window {
  /** The first row that is made, from 0, and the one after the last. */
  first: number;
  end: number;
}

/**
 * The rows to make of `count` of one height, where the list begins `above` pixels over the upper
 * edge of a view of a height (below it: negative).
 */
export function windowOf(count: number, rowHeight: number, above: number, view: number): Window {
  const from = Math.floor(above / rowHeight) - BEYOND;
  const to = Math.ceil((above + view) / rowHeight) + BEYOND;
  const first = Math.floor(from / STEP) * STEP;
  const end = Math.ceil(to / STEP) * STEP;
  return { first: Math.min(Math.max(0, first), count), end: Math.max(0, Math.min(end, count)) };
}

/** The first and the last page, from 1, of `size` rows that a window of rows reaches into. */
export function pagesOf({ first, end }: Window, size: number): { first: number; last: number } {
  const from = Math.floor(first / size) + 1;
  return { first: from, last: Math.max(from, Math.ceil(end / size)) };
}
