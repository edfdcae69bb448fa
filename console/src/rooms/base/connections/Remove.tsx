import { App, Button } from "antd";
import { useTellProblem } from "@/shell/useProblem";

interface RemoveProps {
  said: { remove: string; removeAsk: (name: string) => string; removeHint: string; removed: string };
  name: string;
  onRemove: () => Promise<unknown>;
  onRemoved: () => void;
}

/** Removes a connection, once that was asked. */
export function Remove({ said, name, onRemove, onRemoved }: RemoveProps) {
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: said.removeAsk(name),
      content: said.removeHint,
      okText: said.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        onRemove()
          .then(() => {
            void message.success(said.removed);
            onRemoved();
          })
          .catch(tell),
    });
  return (
    <Button type="text" danger onClick={ask}>
      {said.remove}
    </Button>
  );
}
