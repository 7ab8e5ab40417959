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

  /** Red, green, blue from 0 to 255 and alpha from 0 to 1, as computed styles write them. */
  const inkOf = (text) => {
    const numbers = (text.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    if (text.startsWith('color(srgb')) return [...numbers.slice(0, 3).map((each) => each * 255), numbers[3] ?? 1];
    return [...numbers.slice(0, 3), numbers[3] ?? 1];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((each, i) => each * a + under[i] * (1 - a)).concat(a + under[3] * (1 - a));
  const lightOf = ([r, g, b]) =>
    [r, g, b]
      .map((each) => each / 255)
      .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
      .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0);

  /** What stands behind an element, its own ground included; undefined behind a picture. */
  const groundOf = (element) => {
    let ground = [0, 0, 0, 0];
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(each);
      if (backgroundImage !== 'none') return undefined;
      const own = inkOf(backgroundColor);
      ground = over(ground, own);
      if (ground[3] > 0.999) return ground;
    }
    return over(ground, [255, 255, 255, 1]);
  };
  const opacityOf = (element) => {
    let opacity = 1;
    for (let each = element; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
    return opacity;
  };

  const asleep = ':disabled, [aria-disabled="true"], [class*="-disabled"], .qc-visually-hidden, .qc-skip';

  const isLarge = ({ fontSize, fontWeight }) => {
    const size = Number.parseFloat(fontSize);
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
  };

  /** The contrast of an element's text with what it stands on, and how much it needs; undefined on a picture. */
  const contrastOf = (element) => {
    const ground = groundOf(element);
    if (!ground) return undefined;
    const style = getComputedStyle(element);
    const [r, g, b, a] = inkOf(element instanceof SVGElement ? style.fill : style.color);
    const lights = [lightOf(over([r, g, b, a * opacityOf(element)], ground)), lightOf(ground)];
    return { ratio: (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05), least: isLarge(style) ? 3 : 4.5 };
  };

  /** Elements with text of their own that somebody is to read. */
  function* readable() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: parent } = node;
      if (node.data.trim() === '' || !parent || seen.has(parent) || /^(SCRIPT|STYLE)$/.test(parent.tagName)) continue;
      seen.add(parent);
      if (!parent.closest(asleep) && isShown(parent) && !isHidden(parent)) yield parent;
    }
  }

  /** Texts that are too faint to read: WCAG 2.2, 1.4.3, on the colours as they are drawn. */
  const faint = () => {
    const found = new Set();
    for (const element of readable()) {
      const { ratio, least } = contrastOf(element) ?? { ratio: 21, least: 1 };
      if (ratio < least) found.add(`contrast ${ratio.toFixed(2)}: ${nameOf(element)}`);
    }
    return [...found];
  };

  /** Nothing of it can be seen: out of the window's reach, or of no size. */
  const isHidden = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width < 2 || height < 2;
  };

  const busy = '[aria-busy="true"], .qc-progress, .ant-spin-spinning';
  const STILL_FRAMES = 3;
  const MOST_MS = 20_000;

  /** Whether something goes over into another ink or place; the ring around a button just pressed aside. */
  const moves = () =>
    document
      .getAnimations()
      .filter((each) => each instanceof CSSTransition && each.playState === 'running')
      .some(({ effect }) => !effect?.target?.closest('.ant-wave'));

  /** Until nothing is on its way any more for some frames. */
  const settled = async () => {
    const end = performance.now() + MOST_MS;
    for (let still = 0; still < STILL_FRAMES; ) {
      await new Promise(requestAnimationFrame);
      const rests = document.querySelector('h1') !== null && document.querySelector(busy) === null && !moves();
      still = rests ? still + 1 : 0;
      if (performance.now() > end)
        throw new Error(`${location.pathname} is still waiting: ${document.body.textContent.slice(0, 300)}`);
    }
  };

  globalThis.looks = { settled, texts, faint, faults: () => [...tooWide(), ...cutLabels(), ...refused.splice(0)] };
})();
