/**
 * What the browser keeps of a chat, under names of its own for each key. A page may not be allowed to
 * keep anything (or no more of it); then it is kept for as long as the page is open.
 */
export class Memory {
  private readonly prefix: string;
  private readonly unkept = new Map<string, string>();

  constructor(key: string) {
    this.prefix = `zhanggui.chat.${key}.`;
  }

  get(name: string): string | null {
    const kept = this.unkept.get(name);
    if (kept !== undefined) return kept;
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return null;
    }
  }

  set(name: string, value: string): void {
    try {
      localStorage.setItem(this.prefix + name, value);
      this.unkept.delete(name);
    } catch {
      this.unkept.set(name, value);
    }
  }

  remove(name: string): void {
    this.unkept.delete(name);
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // It was never kept.
    }
  }

  /** The names that begin with `start`, in order. */
  names(start: string): string[] {
    const found = new Set([...this.unkept.keys()].filter((name) => name.startsWith(start)));
    try {
      for (const each of Object.keys(localStorage)) {
        if (each.startsWith(this.prefix + start)) found.add(each.slice(this.prefix.length));
      }
    } catch {
      // As above.
    }
    return [...found].sort();
  }

  /** Calls back with the name of what another tab changed; returns what ends that. */
  onElsewhere(changed: (name: string) => void): () => void {
    const listen = ({ key }: StorageEvent) => {
      if (key?.startsWith(this.prefix)) changed(key.slice(this.prefix.length));
    };
    addEventListener("storage", listen);
    return () => removeEventListener("storage", listen);
  }
}
