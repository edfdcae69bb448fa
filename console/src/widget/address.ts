/** An address, if it is one; browsers before 2023 cannot be asked without trying. */
export function parsed(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
