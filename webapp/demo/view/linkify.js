const ADDRESS = /https?:\/\/[^\s<>"'`，。；：！？）】》」]+/gi;
/** Punctuation after an address is not part of it. */
const TRAILING = ".,;:!?)]}*_";

/** Splits a text into strings and links; HTTP and HTTPS addresses become links. */
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

/** A regular expression would take quadratic time on long runs of punctuation. */
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
