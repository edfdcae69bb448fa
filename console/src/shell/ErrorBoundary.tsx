import { Button, Space } from "antd";
import { useRouteError } from "react-router";
import { isRouteErrorResponse, Link } from "react-router";
import { useWords } from "@/words";
import { Empty } from "./States";

/** Stands in for a screen that threw, so that the rest of the console lives on. */
export function ErrorBoundary() {
  const words = useWords();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  // A screen's script that is gone means that a newer console was installed meanwhile.
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <div role="alert">
      <Empty
        title={outdated ? words.errors.outdated : words.errors.page}
        hint={outdated ? words.errors.outdatedHint : words.errors.pageHint}
      >
        <Space>
          <Button type="primary" onClick={() => location.reload()}>
            {words.errors.reload}
          </Button>
          <Link to="/">
            <Button>{words.errors.home}</Button>
          </Link>
        </Space>
      </Empty>
    </div>
  );
}

export function NotFound() {
  const words = useWords();
  return (
    <Empty title={words.errors.notFound} hint={words.errors.notFoundHint}>
      <Link to="/">{words.errors.home}</Link>
    </Empty>
  );
}
