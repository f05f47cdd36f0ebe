/** Gives headings the ids that git hosts give them, so that links between guides work in both places. */
export function anchorHeadings(root) {
  const used = new Map();
  const headings = [...root.querySelectorAll("h1, h2, h3, h4")];
  for (const heading of headings) {
    const slug = slugOf(heading.textContent);
    const count = used.get(slug) ?? 0;
    used.set(slug, count + 1);
    heading.id = count === 0 ? slug : `${slug}-${count}`;
  }
  return headings;
}

function slugOf(text) {
  return text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").replaceAll(" ", "-");
}
