"use client";

import { Button } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { useEffect } from "react";
import "./toast.css";
import styles from "./toast.module.css";
import { toast as show, type Toast } from "./toast.ts";

const shownMs = 6_000;
/** With an action in it, there is time to reach it by keys. While it has the pointer or the focus, it stays. */
const shownWithUndoMs = 15_000;

/** One toast at a time, announced by screen readers (`role="alert"`). */
export function ShownToast({ toast }: { toast: Toast }) {
  useEffect(() => {
    notifications.clean();
    notifications.show({
      message: <Message {...toast} />,
      autoClose: toast.undo ? shownWithUndoMs : shownMs,
      closeButtonProps: { "aria-label": "Dismiss" },
    });
  }, [toast]);
  return (
    <Notifications className={styles.area ?? ""} position="bottom-center" limit={1} containerWidth={400} zIndex={300} />
  );
}

function Message({ message, undo }: Toast) {
  const takeBack = async () => {
    try {
      await undo?.();
      show({ message: "Undone." });
    } catch (error) {
      show({ message: `Not undone. ${error instanceof Error ? error.message : ""}` });
    }
  };
  return (
    <span className={styles.message}>
      <span>{message}</span>
      {undo && (
        <Button size="compact-sm" onClick={() => void takeBack()}>
          Undo
        </Button>
      )}
    </span>
  );
}
