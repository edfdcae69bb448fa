import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { sessionKnown } from "@/api/hooks";
import { preferences } from "@/shell/preferences";
import { Providers } from "@/shell/Providers";
import { router } from "@/shell/routes";
import "@/shell/theme.css";
import { learn } from "@/words";

await Promise.all([sessionKnown(), learn(preferences().language)]);
createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
