package io.memlake.jobs.web;

/** Questions to a page in a browser, as expressions. */
public final class PageChecks {
  /**
   * What is wrong for people who do not see it or use no mouse: controls without a name, headings
   * and landmarks that are missing, tables without heads.
   */
  public static final String ACCESSIBILITY =
      """
      (() => {
        const wrong = [];
        const name = (node) => node.getAttribute('aria-label') || node.textContent.trim() || node.title;
        for (const node of document.querySelectorAll('button, a, select, input, textarea')) {
          if (!node.closest('.hidden') && !name(node)) wrong.push('no name: ' + node.outerHTML);
        }
        for (const part of ['header', 'nav', 'main', 'h1', 'h2']) if (!document.querySelector(part)) wrong.push('no ' + part);
        if (!document.documentElement.lang) wrong.push('no language');
        for (const table of document.querySelectorAll('table')) if (!table.querySelector('th[scope]')) wrong.push('no heads: ' + table.className);
        for (const svg of document.querySelectorAll('svg')) if (!svg.getAttribute('aria-label') && svg.getAttribute('aria-hidden') !== 'true') wrong.push('no label: svg');
        for (const node of document.querySelectorAll('[aria-labelledby]')) if (!document.getElementById(node.getAttribute('aria-labelledby'))) wrong.push('no such label: ' + node.id);
        const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
        if (new Set(ids).size !== ids.length) wrong.push('an id twice');
        return wrong;
      })()""";

  /** Texts whose contrast with what is behind them is below 4.5 to 1, the limit of WCAG 2 AA. */
  public static final String CONTRAST =
      """
      (() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const rgba = (color) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
          return [r, g, b, a / 255];
        };
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = (node) => {
          for (let at = node; at; at = at.parentElement) {
            const color = rgba(getComputedStyle(at).backgroundColor);
            if (color[3] === 1) return color;
          }
          return [255, 255, 255, 1];
        };
        const wrong = new Set();
        for (const node of document.querySelectorAll('main *, header *, .tools *')) {
          if (![...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()) || node.closest('svg') || node.tagName === 'OPTION') continue;
          const ratio = [light(rgba(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
          const value = (ratio[0] + 0.05) / (ratio[1] + 0.05);
          if (value < 4.5) wrong.add(node.tagName + '.' + node.className + ' ' + node.textContent.slice(0, 20) + ' ' + value.toFixed(2));
        }
        return [...wrong];
      })()""";

  private PageChecks() {}
}
