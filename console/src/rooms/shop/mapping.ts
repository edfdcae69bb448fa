/** How a file's columns are read, while a person corrects it: header → field, or null for not at all. */
export type Mapping = Readonly<Record<string, string | null>>;

export interface Field {
  field: string;
  label: string;
  required: boolean;
}

/** Reads a column as `field`; another column that was read as it gives it up. */
export function assign(mapping: Mapping, header: string, field: string | null): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).map(([other, was]) => {
      if (other === header) return [other, field];
      return [other, field !== null && was === field ? null : was];
    }),
  );
}

/** The required fields that no column gives: without them no row can be read. */
export function missing(fields: readonly Field[], mapping: Mapping): Field[] {
  const given = new Set(Object.values(mapping));
  return fields.filter(({ field, required }) => required && !given.has(field));
}

/** Columns that are read differently than was proposed. */
export function corrections(proposed: Mapping, mapping: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).filter(([header, field]) => proposed[header] !== field),
  );
}

/** How many columns are not read. */
export function unread(mapping: Mapping): number {
  return Object.values(mapping).filter((field) => field === null).length;
}
