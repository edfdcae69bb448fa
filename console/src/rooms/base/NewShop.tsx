import { Button, Form } from "antd";
import { useNavigate } from "react-router";
import { client, unwrap } from "@/api/client";
import { sessionChanged, useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { NameField } from "./fields";
import { Gate } from "./Gate";
import gate from "./Gate.module.css";
import { useState } from "react";
import { Link } from "react-router";

export function Component() {
  const words = useWords();
  const navigate = useNavigate();
  const { data } = useSession();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (body: { name: string }) => {
    setBusy(true);
    try {
      const shop = unwrap(await client.POST("/api/shops", { body }));
      await sessionChanged();
      await navigate(`/shops/${shop.id}/start`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Gate title={words.shops.title} lead={words.shops.lead}>
      <Notice error={error} />
      <Form layout="vertical" onFinish={submit} disabled={busy}>
        <NameField label={words.shops.name} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.shops.submit}
        </Button>
      </Form>
      {data && data.shops.length > 0 && (
        <div className={gate["aside"]}>
          <Link to="/">{words.common.back}</Link>
        </div>
      )}
    </Gate>
  );
}
