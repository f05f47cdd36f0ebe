const SVG = "http://www.w3.org/2000/svg";
const HUES = 8;
/** In a hidden page there are no frames. */
const NO_FRAME_MILLIS = 100;

/** The element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A new element. Text is always text, never HTML.
 *
 * @param properties of the element; `data`: its dataset, `label`: its aria-label
 * @param children elements and texts; null and false are left out
 */
export function el(tag, { data = {}, label, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  if (label) {
    node.setAttribute("aria-label", label);
  }
  node.append(...children.filter((child) => child !== null && child !== false));
  return node;
}

/** One of the pictures in index.html; what it means must be said beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** For screen readers alone. */
export function hidden(text) {
  return el("span", { className: "visually-hidden" }, text);
}

/** Puts somebody's initial and colour on an avatar. */
export function paintAvatar(node, id, text) {
  node.className = `avatar hue-${hash(id) % HUES}`;
  node.textContent = [...text][0]?.toUpperCase() ?? "?";
  node.setAttribute("aria-hidden", "true");
  return node;
}

function hash(text) {
  let value = 0;
  for (const character of text) {
    value = (value * 31 + character.codePointAt(0)) >>> 0;
  }
  return value;
}

/**
 * Makes a container's children those of a list, and touches no more of them than it must: they are told apart by `key`,
 * and rendered again only where `look` gives another string than before.
 *
 * @param {{key: (item) => string, look: (item, index) => string, build: (item, index) => Element}} how
 */
export function reconcile(container, items, { key, look, build }) {
  const wanted = new Set(items.map(key));
  const present = new Map();
  for (const node of [...container.children]) {
    if (wanted.has(node.dataset.key)) {
      present.set(node.dataset.key, node);
    } else {
      node.remove();
    }
  }
  let next = container.firstElementChild;
  items.forEach((item, index) => {
    let node = present.get(key(item));
    const looks = look(item, index);
    if (node && node.looks !== looks) {
      const isNext = node === next;
      node = replace(node, dress(build(item, index), key(item), looks));
      next = isNext ? node : next;
    }
    node ??= dress(build(item, index), key(item), looks);
    if (node === next) {
      next = next.nextElementSibling;
    } else {
      container.insertBefore(node, next);
    }
  });
}

function dress(node, key, looks) {
  node.dataset.key = key;
  node.looks = looks;
  return node;
}

function replace(node, fresh) {
  const hadFocus = node.contains(document.activeElement);
  node.replaceWith(fresh);
  if (hadFocus) {
    (fresh.matches("button") ? fresh : fresh.querySelector("button"))?.focus();
  }
  return fresh;
}

/** Has a task done once, before the next frame, however often it is asked for. */
export function onceAFrame(task) {
  let isAskedFor = false;
  return () => {
    if (isAskedFor) {
      return;
    }
    isAskedFor = true;
    let frame;
    let timer;
    const run = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      isAskedFor = false;
      task();
    };
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, NO_FRAME_MILLIS);
  };
}
