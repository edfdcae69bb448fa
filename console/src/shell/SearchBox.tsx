import { SearchOutlined } from "@/shell/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";
import styles from "./Records.module.css";

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const PAUSE_MS = 300;

/** Searches when typing pauses. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <Input
      allowClear
      prefix={<SearchOutlined className="muted" />}
      placeholder={label}
      aria-label={label}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => onChange(typed.trim())}
      className={styles["search"] ?? ""}
    />
  );
}
