import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useMemo, type ReactNode } from "react";
import { queryClient } from "@/api/hooks";
import { useDark, usePreferences } from "./preferences";
import { themeOf } from "./theme";
import { useMedia } from "./useMedia";

/** What every screen stands on: the reader's language and theme, notices, and the answers kept. */
export function Providers({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const dark = useDark();
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const theme = useMemo(() => themeOf(dark, !still), [dark, still]);

  useEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  }, [language]);

  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider
        theme={theme}
        locale={language === "zh" ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
        form={{ requiredMark: false }}
      >
        <App>{children}</App>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
