// Talks with the page that frames this one, once that page has greeted: README.md, "Embedding", has the protocol.

const PROTOCOL = { protocol: "story-frame", version: 1 };

class Host {
  constructor(reader) {
    this.reader = reader;
    this.origin = ""; // of who greeted first, from then on the only one to be heard and told
    this.height = 0;
    if (!framed) return;
    window.addEventListener("message", (event) => this.hear(event));
    reader.root.addEventListener("storystate", () => this.tellState());
    new ResizeObserver(() => this.tellHeight()).observe(reader.root);
  }

  hear({ source, origin, data }) {
    if (source !== window.parent || typeof data !== "object" || data === null) return;
    if (data.protocol !== PROTOCOL.protocol || data.version !== PROTOCOL.version || data.type !== "hello") return;
    if (this.origin && this.origin !== origin) return;
    this.origin = origin;
    this.height = 0;
    this.tell({ type: "ready" });
    this.tellHeight();
    this.tellState();
  }

  // Only frames that were asked to be as high as their content say how high that is.
  tellHeight() {
    const height = Math.ceil(this.reader.root.getBoundingClientRect().height);
    if (this.reader.options.height !== "auto" || height === this.height) return;
    this.height = height;
    this.tell({ type: "height", height });
  }

  tellState() {
    const { state } = this.reader.shown.element.dataset;
    if (state) this.tell({ type: "state", state: JSON.parse(state) });
  }

  tell(message) {
    if (!this.origin) return;
    const known = /^https?:/.test(this.origin); // a page on a disk or in a sandbox has no origin to name
    window.parent.postMessage({ ...PROTOCOL, ...message }, known ? this.origin : "*");
  }
}
