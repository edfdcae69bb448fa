import { useState } from "react";
import { useNavigate } from "react-router";
import { sessionChanged } from "@/api/hooks";

/** Only an address of this console may be gone to after signing in. */
export function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

interface Entry {
  error: unknown;
  busy: boolean;
  /** Runs what signs in; goes to `next` when it did, else keeps the error to be shown. */
  enter: (how: () => Promise<unknown>, next?: string) => Promise<boolean>;
}

export function useEntry(): Entry {
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (how: () => Promise<unknown>, next = "/") => {
    setBusy(true);
    setError(null);
    try {
      await how();
      await sessionChanged();
      await navigate(next, { replace: true });
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { error, busy, enter };
}
