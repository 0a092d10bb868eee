/** A folder of the Origin Private File System. What is written into a file counts once it is closed, as in browsers. */
export class FakeFolder {
  readonly folders = new Map<string, FakeFolder>();
  readonly files = new Map<string, Blob>();
  /** Bytes that may be written yet, here and in the folders that were made here. */
  constructor(readonly disk: { room: number } = { room: Infinity }) {}

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    const found = this.folders.get(name) ?? (create ? new FakeFolder(this.disk) : null);
    if (found === null) return Promise.reject(new DOMException(name, "NotFoundError"));
    this.folders.set(name, found);
    return Promise.resolve(found);
  }

  getFileHandle(name: string, { create = false } = {}): Promise<FakeFile> {
    if (!this.files.has(name)) {
      if (!create) return Promise.reject(new DOMException(name, "NotFoundError"));
      this.files.set(name, new Blob());
    }
    return Promise.resolve(new FakeFile(this, name));
  }

  removeEntry(name: string): Promise<void> {
    if (!this.folders.delete(name) && !this.files.delete(name)) {
      return Promise.reject(new DOMException(name, "NotFoundError"));
    }
    return Promise.resolve();
  }

  async *keys(): AsyncGenerator<string> {
    // Browsers give them in an order of their own.
    yield* [...this.folders.keys(), ...this.files.keys()].reverse();
    await Promise.resolve();
  }
}

/** A file, in a folder or wherever the person wants it. */
export class FakeFile {
  constructor(
    readonly folder: FakeFolder,
    readonly name: string,
  ) {}

  get handle(): FileSystemFileHandle {
    return this as unknown as FileSystemFileHandle;
  }

  getFile(): Promise<Blob> {
    return Promise.resolve(this.folder.files.get(this.name) ?? new Blob());
  }

  createWritable(): Promise<WritableStream<Blob | Uint8Array<ArrayBuffer>>> {
    const { folder, name } = this;
    const written: (Blob | Uint8Array<ArrayBuffer>)[] = [];
    const write = (data: Blob | Uint8Array<ArrayBuffer>): void => {
      const size = data instanceof Blob ? data.size : data.length;
      if (size > folder.disk.room) throw new DOMException("no room", "QuotaExceededError");
      folder.disk.room -= size;
      written.push(data);
    };
    const close = (): void => void folder.files.set(name, new Blob(written));
    const stream = new WritableStream<Blob | Uint8Array<ArrayBuffer>>({ write, close });
    return Promise.resolve(
      Object.assign(stream, {
        write: (data: Blob) => {
          write(data);
          return Promise.resolve();
        },
      }),
    );
  }
}

/** Web Locks of one browser; a page that crashes lets go of its own. */
export class FakeLocks {
  readonly #held = new Map<string, object>();
  readonly #waiting: { name: string; page: object; grant: () => void }[] = [];

  /** Those that a page asks for. */
  page(): Pick<LockManager, "request"> & { crash(): void } {
    const page = {};
    const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
      const run = rest.at(-1) as (lock: object | null) => unknown;
      const { ifAvailable = false } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
      if (this.#held.has(name)) {
        if (ifAvailable) return run(null);
        await new Promise<void>((grant) => this.#waiting.push({ name, page, grant }));
      }
      this.#held.set(name, page);
      try {
        return await run({});
      } finally {
        this.#free(name, page);
      }
    };
    const crash = (): void => {
      for (const [name, owner] of [...this.#held]) if (owner === page) this.#free(name, page);
    };
    return { request, crash };
  }

  #free(name: string, page: object): void {
    if (this.#held.get(name) !== page) return;
    this.#held.delete(name);
    const next = this.#waiting.findIndex((each) => each.name === name);
    if (next < 0) return;
    const [granted] = this.#waiting.splice(next, 1);
    // Taken before anybody else can ask.
    if (granted) this.#held.set(name, granted.page);
    granted?.grant();
  }
}

/** localStorage: its keys are its own properties. */
export function fakeStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      Reflect.deleteProperty(this, key);
    },
  };
  return Object.create(methods) as Storage;
}
