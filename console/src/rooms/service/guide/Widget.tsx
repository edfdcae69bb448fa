import { Button } from "antd";
import { Link } from "react-router";
import { useWords } from "@/words";

/** The way to where the widget's snippet is copied. The step appears once the server judges one of its name. */
export function Component() {
  const words = useWords();
  return (
    <Link to="../settings?tab=widget">
      <Button type="primary">{words.placing.open}</Button>
    </Link>
  );
}
