// The address of what is read: a chapter, a claim or a record. Asked at the start, and kept true as the reader goes on.

// What the address asks for, whatever it is: { chapter, claim, fact }. Who uses it holds it against what there is.
function askedFor() {
  const query = new URLSearchParams(window.location.search);
  const hash = decodeHash();
  const after = (prefix) => (hash.startsWith(prefix) ? hash.slice(prefix.length) : "");
  return {
    chapter: query.get("chapter") || hash,
    claim: after("claim-") || (after("record-") ? "" : query.get("claim") || ""),
    fact: after("record-"),
  };
}

function decodeHash() {
  try {
    return decodeURIComponent(window.location.hash.slice(1));
  } catch {
    return "";
  }
}

// The address of a place in the story; `chapter` is empty for the first one.
function setAddress({ chapter, claim, fact }) {
  rewrite((search, url) => {
    url.hash = fact ? `record-${fact}` : "";
    for (const [key, value] of Object.entries({ chapter: claim ? "" : chapter, claim })) {
      if (value) search.set(key, value);
      else search.delete(key);
    }
  });
}

// The address changed in place. Frames without an origin refuse: then it stays, which is no loss to the reader.
function rewrite(change) {
  const url = new URL(window.location.href);
  change(url.searchParams, url);
  try {
    window.history.replaceState(window.history.state, "", url);
  } catch {
    // Nothing to be done.
  }
}

// The address of the whole story, which opens in a window of its own: for what is not a part of this page.
function wholeAddress(query) {
  const url = new URL(document.querySelector("link[rel=canonical]")?.href || document.baseURI);
  url.hash = "";
  url.search = new URLSearchParams(query);
  return url.href;
}
