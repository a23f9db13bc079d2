export interface ChangeStream {
  close(): void;
}

/** The part of EventSource in use. */
interface Source {
  readyState: number;
  addEventListener(type: "changed" | "error", listener: () => void): void;
  close(): void;
}

export interface FollowChangesOptions {
  connect(): Source;
  onChanged(): void;
  /** Between two calls of onChanged. A busy Tidemark changes each second; a page need not be refetched that often. */
  pauseMs?: number;
  /** After the browser gave a stream up, as it does for any answer but 200. */
  retryMs?: number;
}

const closedState = 2;

/**
 * Calls onChanged after events of the stream: at once, then no more often than the pause allows, never dropping the
 * last.
 */
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

  const announce = () => {
    // The first only means that the stream is open: the page's data was just fetched.
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
      announce();
    }, pauseMs);
  };
  const open = () => {
    source = connect();
    source.addEventListener("changed", announce);
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
