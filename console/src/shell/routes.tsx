import { createBrowserRouter, type RouteObject } from "react-router";
import { ErrorBoundary, NotFound } from "./ErrorBoundary";
import { Home, InShop, SignedIn } from "./gates";

/** Screens are read when first opened, each with what it alone needs. */
const screens: RouteObject[] = [
  { path: "overview", lazy: () => import("@/rooms/shop/Overview") },
  { path: "orders", lazy: () => import("@/rooms/shop/Orders") },
  { path: "refunds", lazy: () => import("@/rooms/shop/Refunds") },
  { path: "goods", lazy: () => import("@/rooms/shop/Goods") },
  { path: "coupons", lazy: () => import("@/rooms/shop/Coupons") },
  { path: "buyers", lazy: () => import("@/rooms/shop/Buyers") },
  { path: "import", lazy: () => import("@/rooms/shop/Imports") },
  { path: "import/:importId", lazy: () => import("@/rooms/shop/ImportDetail") },
  { path: "answers", lazy: () => import("@/rooms/knowledge/Answers") },
  { path: "ask", lazy: () => import("@/rooms/service/Ask") },
  { path: "work", lazy: () => import("@/rooms/service/Work") },
  { path: "evaluation", lazy: () => import("@/rooms/service/Evaluation") },
  { path: "evaluation/:evaluationId", lazy: () => import("@/rooms/service/EvaluationDetail") },
  { path: "settings", lazy: () => import("@/rooms/base/Settings") },
];

export const routes: RouteObject[] = [
  {
    ErrorBoundary,
    HydrateFallback: () => null,
    children: [
      { path: "/sign-in", lazy: () => import("@/rooms/base/SignIn") },
      { path: "/invitation", lazy: () => import("@/rooms/base/AcceptInvitation") },
      { path: "/reset", lazy: () => import("@/rooms/base/Reset") },
      {
        Component: SignedIn,
        children: [
          { path: "/", Component: Home },
          { path: "/set-up", lazy: () => import("@/rooms/base/SetUp") },
          { path: "/new-shop", lazy: () => import("@/rooms/base/NewShop") },
          {
            path: "/shops/:shop",
            Component: InShop,
            children: [
              { ErrorBoundary, children: [{ index: true, Component: Home }, ...screens] },
              { path: "*", Component: NotFound },
            ],
          },
        ],
      },
      { path: "*", Component: NotFound },
    ],
  },
];

export const router = createBrowserRouter(routes);
