/** A figure with what it counts, as English has it: 1 row, 2 rows. */
export function counted(figure: string, one: string, many = `${one}s`): string {
  return `${figure} ${figure === "1" ? one : many}`;
}
