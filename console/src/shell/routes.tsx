import { createBrowserRouter, type RouteObject } from "react-router";
import { ErrorBoundary, NotFound } from "./ErrorBoundary";
import { Home, SignedIn } from "./gates";
import { PLACES } from "./rooms";

/** Screens are read when first opened, each with what it alone needs. */
const screens: RouteObject[] = PLACES.flatMap(({ path, screen, within = {} }) => [
  { path, lazy: screen },
  ...Object.entries(within).map(([inner, lazy]) => ({ path: inner, lazy })),
]);

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
            // Beside the screen, not before it: whoever only signs in needs no frame around one.
            lazy: () => import("./InShop"),
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
