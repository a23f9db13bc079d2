export interface ChangeStream {
  close(): void;
}

/** What is used of an EventSource. */
interface Source {
  readyState: number;
  addEventListener(type: "changed" | "error", listener: () => void): void;
  close(): void;
}

export interface FollowChangesOptions {
  connect(): Source;
  onChanged(): void;
  /** Between two calls of onChanged. A busy Tidemark changes each second; a page need not be read anew so often. */
  pauseMs?: number;
  /** After the browser gave a stream up: it does so for any answer but 200. */
  retryMs?: number;
}

const closedState = 2;

/** Calls onChanged after what the stream tells: at once, then no sooner than the pause allows, and never not at all. */
export function followChanges({
  connect,
  onChanged,
  pauseMs = 3_000,
  retryMs = 30_000,
}: FollowChangesOptions): ChangeStream {
  let source: Source;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  let first = true;

  const tell = () => {
    // The first says only that the stream stands: what is shown was just asked for.
    if (first) {
      first = false;
      return;
    }
    if (pause !== undefined) {
      waiting = true;
      return;
    }
    onChanged();
    pause = setTimeout(() => {
      pause = undefined;
      if (!waiting) return;
      waiting = false;
      tell();
    }, pauseMs);
  };
  const open = () => {
    source = connect();
    source.addEventListener("changed", tell);
    source.addEventListener("error", () => {
      if (source.readyState === closedState) retry = setTimeout(open, retryMs);
    });
  };

  open();
  return {
    close() {
      clearTimeout(retry);
      clearTimeout(pause);
      source.close();
    },
  };
}
