/** A conversation, as far as it can alarm. */
export interface Alarming {
  id: string;
  due_at: string | null;
  promised_at: string | null;
}

export interface Alert<Row extends Alarming> {
  key: string;
  what: "isMine" | "isLate" | "isPromised";
  row: Row;
}

/** Before a promise is to be kept so many ms are left when it is told of. */
const NEAR = 180_000;

/** What there is to tell now of one's own conversations, and of those that are nobody's: that a promise
 * is to be kept soon. What was told once has the same key again. */
export function alerts<Row extends Alarming>(mine: readonly Row[], nobodys: readonly Row[], now: number): Alert<Row>[] {
  const own = mine.flatMap((row): Alert<Row>[] => {
    const is: Alert<Row> = { key: `mine ${row.id}`, what: "isMine", row };
    const isLate = row.due_at !== null && Date.parse(row.due_at) < now;
    return isLate ? [is, { key: `late ${row.id} ${row.due_at}`, what: "isLate", row }] : [is];
  });
  const promised = [...mine, ...nobodys]
    .filter((row) => row.promised_at !== null && Date.parse(row.promised_at) - now <= NEAR)
    .map((row): Alert<Row> => ({ key: `promised ${row.id} ${row.promised_at}`, what: "isPromised", row }));
  return [...own, ...promised];
}
