"use client";

import { ActionIcon, Button, UnstyledButton } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useEdited } from "#components/forms/draft-context.ts";
import type { Path, WrittenSpec } from "#components/forms/spec-path.ts";
import { objectsOf, pointerOf } from "#components/forms/spec-path.ts";
import page from "#components/ui/page.module.css";
import { addRoute, type Move, moveRoute, removeRoute } from "./move-route.ts";
import { RouteFields } from "./route-fields.tsx";
import { receiversOf, termsOf, textsOf } from "./route-words.ts";
import styles from "./routes.module.css";
import { useRouteDrag } from "./use-route-drag.ts";

const moveWords: Record<Move, { sign: string; name: string }> = {
  up: { sign: "↑", name: "Move up" },
  down: { sign: "↓", name: "Move down" },
  in: { sign: "→", name: "Move into the route above" },
  out: { sign: "←", name: "Move out of its parent" },
};
const arrowMoves: Readonly<Record<string, Move>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

/** The routes, each a line to open; its grip, or Alt with an arrow key, moves it. */
export function RouteOutline() {
  const draft = useEdited();
  const [open, setOpen] = useState<string | null>(null);
  // The focus goes with a route that moves.
  const [follow, setFollow] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (follow === null) return;
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(follow)}"]`)?.focus();
    setFollow(null);
  }, [follow]);
  const place = (next: { spec: WrittenSpec; path: Path } | null, opens: boolean) => {
    if (next === null) return;
    draft.replace(next.spec);
    setOpen(opens ? pointerOf(next.path) : null);
    setFollow(pointerOf(next.path));
  };
  const drag = useRouteDrag(draft, list, (path) => setFollow(pointerOf(path)));
  const branch = (path: Path, inherited: string) => {
    const route = (draft.at(path) ?? {}) as WrittenSpec;
    const pointer = pointerOf(path);
    const isRoot = path.length === 1;
    const isOpen = open === pointer;
    const receiver = typeof route.receiver === "string" ? route.receiver : inherited;
    const move = (to: Move) => place(moveRoute(draft.spec, path, to), isOpen);
    const onKeyDown = (event: KeyboardEvent) => {
      const to = event.altKey && !isRoot ? arrowMoves[event.key] : undefined;
      if (to === undefined) return;
      event.preventDefault();
      move(to);
    };
    const matchers = textsOf(route.matchers);
    return (
      <li key={pointer}>
        <div
          className={styles.line}
          data-open={isOpen || undefined}
          data-dragged={drag.dragged === pointer || undefined}
        >
          {!isRoot && (
            // The arrows and Alt with an arrow key do the same.
            <span
              className={styles.grip}
              aria-hidden="true"
              onPointerDown={(event) => {
                setOpen(null);
                drag.begin(path)(event);
              }}
            >
              <IconGripVertical size={16} stroke={1.75} />
            </span>
          )}
          <UnstyledButton
            className={styles.toggle}
            data-path={pointer}
            aria-expanded={isOpen}
            onKeyDown={onKeyDown}
            onClick={() => setOpen(isOpen ? null : pointer)}
          >
            <span>
              {matchers.length === 0 ? "All alerts" : matchers.map((text) => <code key={text}>{text}</code>)} →{" "}
              <strong>{receiver}</strong>
            </span>
            <span className={styles.terms}>{termsOf(route)}</span>
          </UnstyledButton>
          {!isRoot && (
            <span className={styles.moves}>
              {(Object.keys(moveWords) as Move[])
                .filter((to) => moveRoute(draft.spec, path, to) !== null)
                .map((to) => (
                  <ActionIcon
                    key={to}
                    aria-label={moveWords[to].name}
                    title={moveWords[to].name}
                    onClick={() => move(to)}
                  >
                    {moveWords[to].sign}
                  </ActionIcon>
                ))}
            </span>
          )}
        </div>
        {isOpen && (
          <div className={styles.opened}>
            <RouteFields path={path} receivers={receiversOf(draft.spec)} />
            <div className={page.row}>
              <Button size="compact-sm" onClick={() => place(addRoute(draft.spec, path), true)}>
                Add a route below
              </Button>
              {!isRoot && (
                <Button
                  size="compact-sm"
                  onClick={() => {
                    draft.replace(removeRoute(draft.spec, path));
                    setOpen(null);
                    setFollow(pointerOf(path.slice(0, -2)));
                  }}
                >
                  Remove{objectsOf(route.routes).length > 0 && " with all below it"}
                </Button>
              )}
            </div>
          </div>
        )}
        {objectsOf(route.routes).length > 0 && (
          <ul>{objectsOf(route.routes).map((_, at) => branch([...path, "routes", at], receiver))}</ul>
        )}
      </li>
    );
  };
  return (
    <section aria-labelledby="routes">
      <h3 id="routes">Routes</h3>
      <p className={page.hint}>
        An alert takes the first route below that matches it, from top to bottom. Open one to change it; drag it by its
        grip, or press Alt and an arrow key, to move it.
      </p>
      <ul ref={list} className={styles.tree} aria-label="Routing tree" {...drag.handlers}>
        {branch(["route"], "")}
      </ul>
    </section>
  );
}
