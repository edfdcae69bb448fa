import { Alert } from "antd";
import { useWords } from "@/words";
import { describe } from "./useProblem";

/** An error beside what it is about. */
export function Notice({ error }: { error: unknown }) {
  const words = useWords();
  if (error == null) return null;
  const { title, hint } = describe(error, words);
  return <Alert type="error" showIcon title={title} description={hint} role="alert" />;
}
