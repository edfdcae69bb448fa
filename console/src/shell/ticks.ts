/** Round marks of an axis from 0 to at least `most`, in whole multiples of `unit`: three to six of them. */
export function ticks(most: number, unit: number): number[] {
  const rough = Math.max(most / unit, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
  const step = Math.max(1, Math.ceil(nice)) * unit;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
