import { Select } from "antd";

interface ChoiceProps {
  label: string;
  value: string;
  names: Record<string, string>;
  onChange: (value: string) => void;
}

/** One of a few things that narrow a list. */
export function Choice({ label, value, names, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      style={{ width: 150 }}
      onChange={onChange}
      options={Object.entries(names).map(([name, said]) => ({ value: name, label: said }))}
    />
  );
}

/** A name, where it is one of the known; undefined for anything else that an address may hold. */
export function known<Names extends object>(names: Names, value: string): keyof Names | undefined {
  return Object.hasOwn(names, value) ? (value as keyof Names) : undefined;
}
