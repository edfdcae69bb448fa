/** A file and where in the dropped folder it lay. */
export interface Gathered {
  file: File;
  path: string;
}

/** What systems and office programs leave beside the files that are meant. */
const LITTER = /(^|\/)((\.[^/]*|__MACOSX)(\/.*)?|Thumbs\.db|desktop\.ini|~\$[^/]*)$/i;

export function isLitter(path: string): boolean {
  return LITTER.test(path);
}

/** The files of a picker; a folder's carry their path in it. */
export function fromPicker(picked: FileList): Gathered[] {
  return [...picked]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !isLitter(path));
}

/** All files of a drop, from folders too. Must be called within the drop event itself. */
export async function fromDrop(transfer: DataTransfer): Promise<Gathered[]> {
  // Entries are only there during the event, so all are taken before anything is awaited.
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const found = await Promise.all(entries.map(walk));
  return found.flat().filter(({ path }) => !isLitter(path));
}

async function walk(entry: FileSystemEntry): Promise<Gathered[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, path }];
  }
  const found = await Promise.all((await list(entry as FileSystemDirectoryEntry)).map(walk));
  return found.flat();
}

/** A reader hands a folder out in portions and says that it is done by an empty one. */
async function list(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the next portion follows the last
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
