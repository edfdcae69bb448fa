/** How a figure stands to what is usual: by what share, or by how many points where it is a share itself. */
export interface Comparison {
  way: "more" | "less" | "same" | "higher" | "lower";
  by: number;
}

/** Null where there is nothing to compare, or where what is usual is nothing. */
export function comparison(
  value: number | null,
  usual: number | null,
  measure: "amount" | "share",
): Comparison | null {
  if (value === null || usual === null) return null;
  if (measure === "share") {
    const points = Math.round((value - usual) * 100);
    if (points === 0) return { way: "same", by: 0 };
    return { way: points > 0 ? "higher" : "lower", by: Math.abs(points) };
  }
  if (value === usual) return { way: "same", by: 0 };
  if (usual === 0) return null;
  const by = Math.round((value / usual - 1) * 100) / 100;
  if (by === 0) return { way: "same", by: 0 };
  return { way: by > 0 ? "more" : "less", by: Math.abs(by) };
}
