const ADDRESS = /https?:\/\/[^\s<>"'`，。；：！？）】》」]+/gi;
/** What ends a sentence, or a bracket around the address, is no part of it. */
const TRAILING = ".,;:!?)]}*_";

/** A text's parts: strings, and links for what begins with http:// or https://. */
export function linkify(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    if (!URL.canParse(address)) {
      continue;
    }
    parts.push(text.slice(done, match.index), link(address));
    done = match.index + address.length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

/** Not by an expression: from each place where it may begin, that would look for the end of the text. */
function withoutTrailing(address) {
  let end = address.length;
  while (TRAILING.includes(address[end - 1])) {
    end--;
  }
  return address.slice(0, end);
}

function link(address) {
  const node = document.createElement("a");
  node.href = address;
  node.textContent = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer nofollow";
  return node;
}
