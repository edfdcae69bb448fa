import { blobOf } from "./images";

/** Object URLs of pictures, made once each: those of messages take a token, which no `<img>` sends. */
export class Pictures {
  private readonly urls = new Map<string, Promise<string>>();

  constructor(private readonly load: (url: string) => Promise<Blob>) {}

  /** An address for an `<img>`, of the server's `url` or of a data URL. Rejects when it does not come. */
  address(url: string): Promise<string> {
    const known = this.urls.get(url);
    if (known) return known;
    const blob = url.startsWith("data:") ? Promise.resolve(blobOf(url)) : this.load(url);
    const made = blob.then((each) => URL.createObjectURL(each));
    this.urls.set(url, made);
    made.catch(() => this.urls.delete(url));
    return made;
  }

  clear(): void {
    for (const made of this.urls.values()) {
      made.then(URL.revokeObjectURL, () => {});
    }
    this.urls.clear();
  }
}
