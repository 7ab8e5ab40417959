// Runs inside the page, before its own scripts: notes what the browser refuses, and looks a page over.
(() => {
  const refused = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    refused.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
  );

  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}.${String(element.className?.baseVal ?? element.className)} "${element.textContent.trim().slice(0, 40)}"`;

  /** Whether an ancestor cuts or scrolls what is too wide. */
  const isHeld = (element) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== 'visible') return true;
    return false;
  };

  const tooWide = () => {
    const over = document.scrollingElement.scrollWidth - innerWidth;
    if (over <= 0) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => isShown(element) && element.getBoundingClientRect().right > innerWidth + 1 && !isHeld(element),
    );
    return [`the page is ${over} px too wide: ${wide.slice(-3).map(nameOf).join(', ')}`];
  };

  const labels = 'button, [role="tab"], [role="menuitem"], .ant-segmented-item-label, .ant-tag, a';
  const cutLabels = () =>
    [...document.querySelectorAll(labels)]
      .flatMap((element) => [element, ...element.querySelectorAll('span')])
      .filter((element) => element.textContent.trim() !== '' && isShown(element))
      .filter((element) => {
        const { overflowX, display } = getComputedStyle(element);
        return display !== 'inline' && overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      })
      .filter((element) => !element.closest('.qc-ellipsis, .ant-select-selection-item, .ant-menu-inline-collapsed'))
      .map((element) => `cut: ${nameOf(element)}`);

  /** Every text a reader sees or hears, but what says itself that it is of another language. */
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: parent } = node;
      if (!parent || /^(SCRIPT|STYLE|CODE|PRE)$/.test(parent.tagName) || parent.closest('pre, code')) continue;
      if (node.data.trim() !== '' && !foreign(parent) && isShown(parent)) found.push(node.data.trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const value = element.getAttribute(name)?.trim();
        if (value && !foreign(element) && isShown(element)) found.push(value);
      }
    return [document.title, ...new Set(found)];
  };
  const foreign = (element) => {
    const own = element.closest('[lang]');
    return own !== null && own !== document.documentElement && own.lang !== document.documentElement.lang;
  };

  const busy = '[aria-busy="true"], .qc-progress, .ant-spin-spinning';
  const STILL_FRAMES = 3;
  const MOST_MS = 20_000;

  /** Until nothing is on its way any more for some frames. */
  const settled = async () => {
    const end = performance.now() + MOST_MS;
    for (let still = 0; still < STILL_FRAMES; ) {
      await new Promise(requestAnimationFrame);
      still = document.querySelector('h1') !== null && document.querySelector(busy) === null ? still + 1 : 0;
      if (performance.now() > end)
        throw new Error(`${location.pathname} is still waiting: ${document.body.textContent.slice(0, 300)}`);
    }
  };

  globalThis.looks = { settled, texts, faults: () => [...tooWide(), ...cutLabels(), ...refused.splice(0)] };
})();
