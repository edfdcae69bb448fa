import { App, Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useTellProblem } from "@/shell/useProblem";

interface RotateProps<Got> {
  said: { rotate: string; rotateAsk: string; rotateHint: string; newSecret: string };
  rotates: { data: Got | undefined; reset: () => void };
  onRotate: () => Promise<unknown>;
  /** The new secret, on the one occasion when it is known. */
  shown: (got: Got, onClose: () => void) => ReactNode;
}

/** Gives a connection a new secret, once that was asked. */
export function Rotate<Got>({ said, rotates, onRotate, shown }: RotateProps<Got>) {
  const tell = useTellProblem();
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: said.rotateAsk,
      content: said.rotateHint,
      okText: said.rotate,
      onOk: () => onRotate().catch(tell),
    });
  return (
    <>
      <Button onClick={ask}>{said.rotate}</Button>
      {rotates.data && (
        <Modal open title={said.newSecret} footer={null} onCancel={rotates.reset} mask={{ closable: false }}>
          {shown(rotates.data, rotates.reset)}
        </Modal>
      )}
    </>
  );
}
