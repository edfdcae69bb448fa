import { setPreferences, type Language } from "@/shell/preferences";
import { learn } from "./index";

/** Show everything in a language from now on; where its words cannot be fetched, nothing changes. */
export async function speak(language: Language): Promise<void> {
  await learn(language);
  setPreferences({ language });
}
