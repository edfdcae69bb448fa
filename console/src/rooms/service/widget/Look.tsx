import { App, Button, Checkbox, Form, Input } from "antd";
import { useEffect } from "react";
import { useChange, useRole } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { describe } from "@/shell/useProblem";
import { useWords } from "@/words";
import { ColorChoice } from "./ColorChoice";
import { Preview } from "./Preview";
import { useWidget, type Widget } from "./useWidget";
import { fieldOf, FIELDS, givenOf, valuesOf, type Values } from "./values";
import styles from "./widget.module.css";

const TAOBAO = {
  product_url: "https://item.taobao.com/item.htm?id={id}",
  order_url: "https://trade.taobao.com/trade/detail/trade_order_detail.htm?biz_order_id={id}",
};
const LONGEST_MINUTES = 10_080;

/** Where the chat may be, how it looks, and when the program answers again. */
export function Component() {
  const words = useWords();
  const query = useWidget();
  return (
    <section className={settings["panel"]} aria-labelledby="look">
      <div className={`card ${styles["box"]}`}>
        <h2 id="look">{words.widget.look}</h2>
        <Await query={query} rows={8}>
          {(found) => <Choice found={found} />}
        </Await>
      </div>
    </section>
  );
}

function Choice({ found }: { found: Widget }) {
  const words = useWords();
  const { message } = App.useApp();
  const owner = useRole() === "owner";
  const save = useChange("service.save_widget");
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch((all: Partial<Values>) => all, form);
  const put = (changed: Partial<Values>, touched: boolean) =>
    form.setFields(
      (Object.keys(changed) as (keyof Values)[]).map((name) => ({ name, value: changed[name], touched, errors: [] })),
    );
  useEffect(() => {
    // What somebody is writing stays, whatever is saved elsewhere.
    const saved = valuesOf(found);
    const untouched = FIELDS.filter((field) => !form.isFieldTouched(field));
    form.setFieldsValue(Object.fromEntries(untouched.map((field) => [field, saved[field]])));
  }, [form, found]);
  const refuse = (error: unknown) => {
    const field = fieldOf(error, FIELDS);
    if (!field) return;
    const { title, hint } = describe(error, words);
    form.setFields([{ name: field, errors: [title, ...(hint ? [hint] : [])] }]);
    form.scrollToField(field, { focus: true });
  };
  const finish = (given: Values) =>
    save.mutate(givenOf(given, FIELDS.filter((field) => form.isFieldTouched(field))), {
      onSuccess: (saved) => {
        put(valuesOf(saved), false);
        void message.success(words.widget.saved);
      },
      onError: refuse,
    });
  return (
    <div className={styles["choice"]}>
      <Form form={form} layout="vertical" disabled={!owner} initialValues={valuesOf(found)} onFinish={finish}>
        <Form.Item name="is_on" valuePropName="checked">
          <Checkbox>{words.widget.isOn}</Checkbox>
        </Form.Item>
        <Form.Item name="origins" label={words.widget.origins} extra={words.widget.originsHint}>
          <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 10 }} inputMode="url" spellCheck={false} />
        </Form.Item>
        <Form.Item name="color" label={words.widget.color}>
          <ColorChoice disabled={!owner} />
        </Form.Item>
        <Form.Item name="greeting" label={words.widget.greeting} extra={words.widget.greetingHint}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={200}
            placeholder={words.widget.usualGreeting}
          />
        </Form.Item>
        <fieldset className={styles["pages"]}>
          <legend>{words.widget.pages}</legend>
          <p className="muted">{words.widget.pagesHint}</p>
          {owner && (
            <Button size="small" onClick={() => put(TAOBAO, true)}>
              {words.widget.taobao}
            </Button>
          )}
          <Form.Item name="product_url" label={words.widget.productUrl}>
            <Input type="url" inputMode="url" maxLength={300} />
          </Form.Item>
          <Form.Item name="order_url" label={words.widget.orderUrl}>
            <Input type="url" inputMode="url" maxLength={300} />
          </Form.Item>
        </fieldset>
        <Form.Item name="silence_minutes" label={words.widget.silence} extra={words.widget.silenceHint}>
          <Input className={styles["minutes"] ?? ""} type="number" min={1} max={LONGEST_MINUTES} />
        </Form.Item>
        {!fieldOf(save.error, FIELDS) && <Notice error={save.error} />}
        {owner ? (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {words.common.save}
          </Button>
        ) : (
          <p className="muted">{words.widget.ownerOnly}</p>
        )}
      </Form>
      <Preview values={{ ...valuesOf(found), ...values }} />
    </div>
  );
}
