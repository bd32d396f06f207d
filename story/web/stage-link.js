// Keeps the windows of one browser in step: by a channel, and to a window that was opened from here directly, because
// pages on a disk may have no channel. What comes is data; whoever gets it checks it.

class Link {
  constructor(name, take) {
    this.name = `the-line-between ${name}`;
    this.id = Math.random().toString(36).slice(2);
    this.turn = 0;
    this.take = take;
    this.seen = new Map(); // who -> the last turn that was taken from there
    this.peers = new Set(window.opener ? [window.opener] : []);
    try {
      this.channel = new BroadcastChannel(this.name);
      this.channel.onmessage = ({ data }) => this.hear(data);
    } catch {
      this.channel = null;
    }
    window.addEventListener("message", ({ data, source }) => {
      if (data?.name !== this.name || (!this.peers.has(source) && source?.opener !== window)) return;
      this.peers.add(source);
      this.hear(data);
    });
  }

  // Opens a window that is kept in step, or brings it to the front.
  open(address, features) {
    const peer = window.open(address, `${this.name.replace(/\W/g, "-")}-notes`, features);
    if (peer) this.peers.add(peer);
    return peer;
  }

  hear(data) {
    if (data?.name !== this.name || data.from === this.id || !(data.turn > (this.seen.get(data.from) || 0))) return;
    this.seen.set(data.from, data.turn);
    this.take(data.kind, data.said);
  }

  say(kind, said = null) {
    this.turn += 1;
    const data = { name: this.name, from: this.id, turn: this.turn, kind, said };
    this.channel?.postMessage(data);
    for (const peer of this.peers) {
      if (peer.closed) this.peers.delete(peer);
      else peer.postMessage(data, window.location.protocol === "file:" ? "*" : window.location.origin);
    }
  }
}
