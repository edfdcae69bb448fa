import { theme as antd, type ThemeConfig } from "antd";

/** Ant Design's tokens in the colours of `theme.css`; the two are changed together. Without `motion`
 * nothing slides or fades, for those whose system asks for that. */
export function themeOf(dark: boolean, motion: boolean): ThemeConfig {
  const c = dark
    ? {
        paper: "#141815", surface: "#1b201d", raised: "#222824", ink: "#e9e6dc", ink2: "#b4b8ae",
        ink3: "#969b91", rule: "#2d332f", edge: "#444b46", brand: "#7fc3ad",
        // The algorithm darkens it, and words in it are to stand out from what is raised as well.
        seal: "#ff9886",
        amber: "#dcb063", onBrand: "#0e1a16", soft: "#1f3630",
      }
    : {
        paper: "#f6f4ee", surface: "#fffefb", raised: "#fffefb", ink: "#23271f", ink2: "#565c52",
        ink3: "#62675d", rule: "#e3ded2", edge: "#cfc8b8", brand: "#1e5b4e", seal: "#b23b2a",
        amber: "#8a5a12", onBrand: "#fffefb", soft: "#e4eee9",
      };
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      motion,
      colorPrimary: c.brand,
      colorInfo: c.brand,
      colorSuccess: c.brand,
      // What the algorithm makes of so dark a green is a grey that words hardly stand out from.
      colorSuccessBg: c.soft,
      colorSuccessBorder: c.edge,
      colorError: c.seal,
      colorWarning: c.amber,
      colorLink: c.brand,
      colorText: c.ink,
      colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3,
      colorTextDescription: c.ink3,
      colorTextPlaceholder: c.ink3,
      colorTextHeading: c.ink,
      colorTextLightSolid: c.onBrand,
      colorBgLayout: c.paper,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBorder: c.edge,
      colorBorderSecondary: c.rule,
      colorSplit: c.rule,
      controlItemBgActive: c.soft,
      controlItemBgActiveHover: c.soft,
      fontFamily: "var(--sans)",
      fontFamilyCode: "var(--mono)",
      fontSize: 14,
      lineHeight: 1.6,
      borderRadius: 7,
      controlHeight: 36,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Tabs: { horizontalItemGutter: 26, titleFontSize: 15 },
      Tag: { defaultBg: "transparent" },
      Tooltip: { colorBgSpotlight: "#17332c", colorTextLightSolid: "#f3f1e8" },
    },
  };
}
