// Makes elements. Whatever is given as text becomes text, never markup.

const SvgNamespace = 'http://www.w3.org/2000/svg';

/** Finds the element with an id, and fails if there is none. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no element '${id}'.`);
  }
  return element;
}

/**
 * Makes an element.
 * @param {string} tag Its name.
 * @param {Record<string, unknown>} attributes Functions become listeners; true an empty attribute; false, null and undefined none.
 *   'style' takes an object of CSS properties, for which no inline style is written.
 * @param {...unknown} children Nodes, texts, or arrays of them; false, null and undefined are left out.
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an SVG element, as el() does. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SvgNamespace, tag), attributes, children);
}

/** Replaces what is in an element. */
export function replace(element, ...children) {
  element.replaceChildren(...flatten(children));
  return element;
}

/** Sets a text, and touches the page only if it is another one: a live region is read again otherwise. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.replace(/^on/, ''), value);
    } else if (name === 'style') {
      for (const [property, setting] of Object.entries(value)) {
        element.style.setProperty(property, setting);
      }
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...flatten(children));
  return element;
}

function flatten(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : String(child));
}

const kept = new WeakMap();

/**
 * Shows a list, and leaves alone what was there before: the focus, what is unfolded, what moves.
 * @param {Element} parent Has nothing else in it.
 * @param {Iterable} items What to show, in order.
 * @param {(item) => string} key Tells items apart.
 * @param {(item) => Element & {update?: (item) => void}} make Makes the element of a new item; what it has as 'update' is called each time.
 */
export function reconcile(parent, items, key, make) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  let next = parent.firstChild;
  for (const item of items) {
    const id = key(item);
    const element = before.get(id) ?? make(item);
    element.update?.(item);
    after.set(id, element);
    if (element === next) {
      next = next.nextSibling;
    } else {
      parent.insertBefore(element, next);
    }
  }

  for (const [id, element] of before) {
    if (!after.has(id)) {
      element.remove();
    }
  }
  kept.set(parent, after);
}
