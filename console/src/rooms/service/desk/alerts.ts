/** A conversation of the reader's own, as far as it can alarm. */
export interface Own {
  id: string;
  due_at: string | null;
}

export interface Alert<Row extends Own> {
  key: string;
  what: "isMine" | "isLate";
  row: Row;
}

/** What there is to tell now of one's own conversations; what was told once has the same key again. */
export function alerts<Row extends Own>(rows: readonly Row[], now: number): Alert<Row>[] {
  return rows.flatMap((row) => {
    const mine: Alert<Row> = { key: `mine ${row.id}`, what: "isMine", row };
    const isLate = row.due_at !== null && Date.parse(row.due_at) < now;
    return isLate ? [mine, { key: `late ${row.id} ${row.due_at}`, what: "isLate", row }] : [mine];
  });
}
