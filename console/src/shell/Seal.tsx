import { useWords } from "@/words";

/** The shop's seal, the console's mark. */
export function Seal({ size = 32 }: { size?: number }) {
  const words = useWords();
  return <img src="/seal.svg" width={size} height={size} alt={words.product} />;
}
