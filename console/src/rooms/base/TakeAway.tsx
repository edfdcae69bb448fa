import { App, Button, Form, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { download } from "@/api/download";
import { useSession } from "@/api/hooks";
import { DownloadOutlined } from "@/shell/icons";
import { Notice } from "@/shell/Notice";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { PasswordField } from "./fields";
import settings from "./settings.module.css";

/** All that a shop has as a file, and for who runs the installation a backup of every shop. */
export function Component() {
  const { data } = useSession();
  return (
    <>
      <Whole />
      {data?.user?.is_operator && <House hasPassword={data.user.has_password} />}
    </>
  );
}

function Whole() {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const said = await download(`/api/shops/${encodeURIComponent(shop)}/exports`, `${shop}.zip`);
      const [rows, files, missing] = ["rows", "files", "missing"].map((what) => Number(said.get(`x-zhanggui-${what}`)));
      if (missing) void message.warning(words.data.missing(format.count(missing)));
      else void message.success(words.data.taken(format.count(rows), format.count(files)));
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={settings["panel"]} aria-labelledby="whole">
      <div className={`card ${settings["box"]}`}>
        <h2 id="whole">{words.data.whole}</h2>
        <p className="muted">{words.data.wholeLead}</p>
        <div className={settings["stack"]}>
          <div>
            <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()}>
              {words.data.wholeAction}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}

function House({ hasPassword }: { hasPassword: boolean }) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <section className={settings["panel"]} aria-labelledby="house">
      <div className={`card ${settings["box"]}`}>
        <h2 id="house">{words.data.backup}</h2>
        <p className="muted">{words.data.backupLead}</p>
        <p className="muted">
          {words.data.restore} <code>{RESTORE}</code>
        </p>
        <div className={settings["stack"]}>
          <div>
            {hasPassword ? (
              <Button icon={<DownloadOutlined />} onClick={() => setAsking(true)}>
                {words.data.backupAction}
              </Button>
            ) : (
              <Link to="/set-up">{words.data.passwordFirst}</Link>
            )}
          </div>
        </div>
      </div>
      {asking && <Prove onClose={() => setAsking(false)} />}
    </section>
  );
}

const RESTORE = "zhanggui restore zhanggui-….tar";

/** A backup holds every shop, so the password is asked for again. */
function Prove({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [form] = Form.useForm<{ password: string }>();
  const take = async ({ password }: { password: string }) => {
    setBusy(true);
    try {
      await download("/api/house/backup", "zhanggui.tar", { password });
      void message.success(words.data.backedUp);
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={words.data.backup}
      okText={words.data.backupAction}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Notice error={error} />
      <Form form={form} layout="vertical" onFinish={take} disabled={busy}>
        <PasswordField name="password" label={words.settings.password} />
      </Form>
      {busy && <p className="muted">{words.data.working}</p>}
    </Modal>
  );
}
