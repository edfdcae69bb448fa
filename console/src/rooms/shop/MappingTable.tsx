import { Button, Select } from "antd";
import { useWords } from "@/words";
import { assign, corrections, type Field, type Mapping } from "./mapping";
import styles from "./MappingTable.module.css";

interface MappingTableProps {
  headers: readonly string[];
  fields: readonly Field[];
  proposed: Mapping;
  mapping: Mapping;
  preview: readonly (readonly string[])[];
  onChange: (mapping: Mapping) => void;
}

const NOT_READ = "";

/** Which column is read as what, to be corrected. */
export function MappingTable(props: MappingTableProps) {
  const { headers, fields, proposed, mapping, preview, onChange } = props;
  const words = useWords();
  const taken = new Set(Object.values(mapping));
  const options = [
    { value: NOT_READ, label: words.imports.skip },
    ...fields.map(({ field, label, required }) => ({
      value: field,
      label: required ? `${label} · ${words.imports.required}` : label,
      free: !taken.has(field),
    })),
  ];
  const changed = corrections(proposed, mapping);
  // A header that stands twice is one entry of the mapping: the first column is the one that is read.
  const columns = headers.map((header, index) => ({ header, index })).filter(
    ({ header, index }) => header !== "" && headers.indexOf(header) === index,
  );
  return (
    <div>
      <div className={styles["top"]}>
        <p className="muted">{words.imports.mappingHint}</p>
        {Object.keys(changed).length > 0 && (
          <Button size="small" onClick={() => onChange(proposed)}>
            {words.imports.restore}
          </Button>
        )}
      </div>
      <div className={styles["frame"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">{words.imports.header}</th>
              <th scope="col">{words.imports.field}</th>
              <th scope="col">{words.imports.sample}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ header, index }) => (
              <tr key={header} className={mapping[header] ? "" : styles["unread"]}>
                <th scope="row">{header}</th>
                <td>
                  <Select
                    aria-label={`${header}: ${words.imports.field}`}
                    className={styles["select"] ?? ""}
                    variant={header in changed ? "filled" : "borderless"}
                    value={mapping[header] ?? NOT_READ}
                    options={options}
                    popupMatchSelectWidth={false}
                    showSearch={{ optionFilterProp: "label" }}
                    onChange={(field) => onChange(assign(mapping, header, field === NOT_READ ? null : field))}
                  />
                </td>
                <td className={styles["sample"]}>{preview[0]?.[index]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
