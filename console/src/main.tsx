import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { sessionKnown } from "@/api/hooks";
import { Providers } from "@/shell/Providers";
import { router } from "@/shell/routes";
import "@/shell/theme.css";

await sessionKnown();
createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
