const ADDRESS = /https?:\/\/[^\s<>"'`，。；：！？）】》」]+/gi;
/** What ends a sentence, or a bracket around the address, is no part of it. */
const TRAILING = /[.,;:!?)\]}*_]+$/;

/** A text's parts: strings, and links for what begins with http:// or https://. */
export function linkify(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    if (!URL.canParse(address)) {
      continue;
    }
    parts.push(text.slice(done, match.index), link(address));
    done = match.index + address.length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

function link(address) {
  const node = document.createElement("a");
  node.href = address;
  node.textContent = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer nofollow";
  return node;
}
