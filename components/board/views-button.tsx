"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { ViewsTarget } from "./views-target.tsx";

// Loaded on first use: most visits never open it.
const SavedViewsMenu = dynamic(() => import("./saved-views-menu.tsx").then((menu) => menu.SavedViewsMenu), {
  ssr: false,
  loading: () => <ViewsTarget />,
});

/** Opens the board's saved views. */
export function ViewsButton() {
  const [isAsked, ask] = useState(false);
  return isAsked ? <SavedViewsMenu /> : <ViewsTarget onClick={() => ask(true)} />;
}
