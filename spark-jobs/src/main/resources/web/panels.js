'use strict';
/* Draws panels. Every value becomes text of a node, never markup: names in memory are hostile. */
const Memlake = (() => {
  const FIRST_ROWS = 200;
  const MORE_ROWS = 1000;
  const SVG = 'http://www.w3.org/2000/svg';
  const SEVERITIES = ['fatal', 'critical', 'high', 'medium', 'low', 'informational', 'info'];
  const OBEYED = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
  const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

  /* Characters that move, hide or reverse text are shown as their number. */
  const PLAIN = /^[\x20-\x7e]*$/;
  const printable = (text) => PLAIN.test(text) ? String(text) : String(text).replace(OBEYED, (c) => {
    const code = c.codePointAt(0);
    return code < 0x100 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16).padStart(4, '0');
  });

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
    }
    for (const child of children) if (child !== null && child !== undefined) node.append(child);
    return node;
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const heading = (column) => column.replaceAll('_', ' ');
  const isTime = (value) => typeof value === 'string' && TIME.test(value);
  /* One formatter: toLocaleString makes one a call, which took most of the time of a filter. */
  const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
  const number = (value) => NUMBER.format(value);

  function bytes(value) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
    let scale = 0;
    while (value >= 1024 && scale < units.length - 1) { value /= 1024; scale++; }
    return (scale ? value.toFixed(1) : value) + ' ' + units[scale];
  }

  function text(value, column) {
    if (value === null) return '–';
    if (Array.isArray(value)) return value.map((one) => text(one, column)).join(', ');
    if (typeof value === 'object') return Object.entries(value).map(([k, v]) => printable(k) + '=' + text(v, column)).join(', ');
    if (isTime(value)) return value.replace('T', ' ').replace('Z', '');
    if (typeof value === 'number') {
      if (column === 'bytes' || column === 'ram_bytes' || column === 'size') return bytes(value);
      return /(^|_)(pid|ppid|tid|port|build|id)$/.test(column) ? String(value) : number(value);
    }
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return printable(value);
  }

  function badge(value) {
    const word = String(value).toLowerCase();
    return el('span', { class: 'badge ' + (/^[a-z]+$/.test(word) ? word : '') }, printable(value));
  }

  /* A fragment with some of its parts changed: the state of the page is its address. */
  function link(changes) {
    const parts = new URLSearchParams(location.hash.slice(1));
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') parts.delete(key); else parts.set(key, value);
    }
    return '#' + parts.toString();
  }

  const go = (changes) => { location.hash = link(changes); };

  /* A panel's rows as the filter of the page leaves them. */
  function filtered(panel, filter) {
    const at = (name) => panel.columns.indexOf(name);
    const host = at('host');
    const technique = at('attack_technique');
    const severity = at('severity');
    const time = ['datetime', 'hour'].map(at).find((index) => index >= 0);
    const between = time !== undefined && (filter.from || filter.to);
    const words = (filter.q || '').toLowerCase().split(/\s+/).filter(Boolean);
    const has = (value, wanted) => Array.isArray(value) ? value.includes(wanted) : value === wanted;
    return panel.rows.filter((row, index) => {
      if (filter.host && host >= 0 && row[host] !== filter.host) return false;
      if (filter.technique && technique >= 0 && !has(row[technique], filter.technique)) return false;
      if (filter.severity && severity >= 0 && row[severity] !== filter.severity) return false;
      if (between && (row[time] === null || (filter.from && row[time] < filter.from) || (filter.to && row[time] >= filter.to))) return false;
      if (!words.length) return true;
      panel.texts = panel.texts || [];
      const whole = panel.texts[index] = panel.texts[index]
        || row.map((value, i) => text(value, panel.columns[i])).join('\n').toLowerCase();
      return words.every((word) => whole.includes(word));
    });
  }

  function cell(panel, row, index, options) {
    const column = panel.columns[index];
    const value = row[index];
    const shown = text(value, column);
    const numeric = typeof value === 'number';
    const node = el('td', { class: numeric ? 'number' : value === null ? 'null' : isTime(value) || shown.length < (shown.includes(' ') ? 22 : 34) ? 'short' : shown.length > 70 ? 'long' : null });
    const target = value === null ? null : options.target && options.target(panel, row, column, value);
    if (target) node.append(el('a', { href: target }, shown));
    else if ((column === 'severity' || column === 'verdict' || column === 'status') && value !== null) node.append(badge(value));
    else if (column === 'attack_technique' && value !== null) {
      for (const one of [].concat(value)) node.append(el('a', { href: link({ technique: one }) }, text(one, column)), ' ');
    } else if (column === 'host' && value !== null) node.append(el('a', { href: link({ host: value }) }, shown));
    else node.append(shown);
    return node;
  }

  function compare(a, b) {
    if (a === b) return 0;
    if (a === null) return 1;
    if (b === null) return -1;
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    const low = [SEVERITIES.indexOf(String(a).toLowerCase()), SEVERITIES.indexOf(String(b).toLowerCase())];
    if (low[0] >= 0 && low[1] >= 0) return low[0] - low[1];
    return String(a) < String(b) ? -1 : 1;
  }

  function table(panel, rows, options) {
    let shown = FIRST_ROWS;
    const order = panel.order;
    const sorted = order ? rows.slice().sort((a, b) => order.by * compare(a[order.column], b[order.column])) : rows;
    const numeric = panel.columns.map((name, i) => rows.length > 0 && rows.slice(0, 50).some((row) => typeof row[i] === 'number'));
    const heads = panel.columns.map((name, i) => el('th', {
      scope: 'col', class: numeric[i] ? 'number' : null,
      'aria-sort': order && order.column === i ? (order.by > 0 ? 'ascending' : 'descending') : null,
    }, el('button', { type: 'button', onclick: () => {
      panel.order = { column: i, by: order && order.column === i ? -order.by : 1 };
      options.redraw();
    } }, heading(name))));
    const body = el('tbody');
    const more = el('button', { type: 'button', class: 'more', onclick: () => { shown += MORE_ROWS; fill(); } });
    function fill() {
      const lines = document.createDocumentFragment();
      for (let at = body.children.length; at < Math.min(shown, sorted.length); at++) {
        lines.append(el('tr', {}, ...panel.columns.map((name, i) => cell(panel, sorted[at], i, options))));
      }
      body.append(lines);
      more.textContent = 'Show more (' + number(sorted.length - body.children.length) + ' left)';
      more.classList.toggle('hidden', body.children.length >= sorted.length);
    }
    fill();
    return el('div', {}, el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': panel.title }, el('table', {},
      el('thead', {}, el('tr', {}, ...heads)), body)), more);
  }

  function facts(panel, rows, options) {
    return el('dl', { class: 'facts' }, ...panel.columns.map((name, i) => {
      const value = rows[0][i];
      const target = value !== null && options.target && name !== 'pid' && options.target(panel, rows[0], name, value);
      return el('div', {}, el('dt', {}, heading(name)), el('dd', { class: typeof value === 'number' ? null : 'text' },
        target ? el('a', { href: target }, text(value, name)) : text(value, name)));
    }));
  }

  function bars(panel, rows, options) {
    const most = Math.max(1, ...rows.map((row) => Number(row[1])));
    const body = rows.slice(0, 100).map((row) => {
      const bar = el('span', { class: panel.columns[0] === 'severity' && /^[a-z]+$/i.test(row[0]) ? String(row[0]).toLowerCase() : null });
      bar.style.width = (100 * Number(row[1]) / most) + '%';
      const name = panel.columns[0] === 'severity'
        ? el('td', {}, el('a', { href: link({ severity: row[0] }) }, badge(row[0])))
        : cell(panel, row, 0, options);
      return el('tr', {}, name, cell(panel, row, 1, options), el('td', { class: 'bar' }, bar),
        ...panel.columns.slice(2).map((_, i) => cell(panel, row, i + 2, options)));
    });
    const heads = [0, 1, null, ...panel.columns.slice(2).map((_, i) => i + 2)].map((i) => i === null
      ? el('th', { 'aria-hidden': 'true' })
      : el('th', { scope: 'col', class: typeof rows[0][i] === 'number' ? 'number' : null }, heading(panel.columns[i])));
    return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': panel.title },
      el('table', { class: 'bars' }, el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...body)));
  }

  function heat(panel, rows, options) {
    const cells = new Map();
    const names = new Set();
    for (const row of rows) {
      for (const one of row[1] === null ? ['none'] : [].concat(row[1])) {
        names.add(one);
        const line = cells.get(row[0]) || new Map();
        line.set(one, (line.get(one) || 0) + Number(row[2]));
        cells.set(row[0], line);
      }
    }
    const columns = [...names].sort();
    const sum = (line) => [...line.values()].reduce((a, b) => a + b, 0);
    const lines = [...cells.entries()].sort((a, b) => sum(b[1]) - sum(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, 60);
    const most = Math.max(...lines.map(([, line]) => Math.max(...line.values())));
    const step = (value) => Math.max(1, Math.ceil(5 * Math.log(1 + value) / Math.log(1 + most)));
    const shade = (value) => 'h' + Math.min(5, step(value));
    const head = el('tr', {}, el('th', { scope: 'col' }, heading(panel.columns[0])), ...columns.map((name) => el('th', { scope: 'col' }, printable(name))));
    const body = lines.map(([name, line]) => el('tr', {}, el('th', { scope: 'row' }, name === null ? 'fleet' : printable(name)),
      ...columns.map((column) => {
        const value = line.get(column);
        if (!value) return el('td', {});
        const label = text(name, 'host') + ', ' + printable(column) + ': ' + value;
        return el('td', { class: shade(value) }, options.plainHeat ? String(value) : el('button', {
          type: 'button', title: label, 'aria-label': label, onclick: () => go({ host: name, technique: column === 'none' ? null : column, panel: 'findings' }),
        }, String(value)));
      })));
    return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': panel.title },
      el('table', { class: 'heat' }, el('thead', {}, head), el('tbody', {}, ...body)));
  }

  /* Ids are used again, so a parent must be older than its child; of several the youngest is it. */
  function forest(panel, rows) {
    const at = Object.fromEntries(panel.columns.map((name, i) => [name, i]));
    const nodes = rows.map((row) => ({ row, children: [], parent: null }));
    const byPid = new Map();
    for (const node of nodes) {
      const pid = node.row[at.pid];
      byPid.set(pid, (byPid.get(pid) || []).concat(node));
    }
    for (const node of nodes) {
      const started = node.row[at.create_time];
      const older = (byPid.get(node.row[at.ppid]) || []).filter((other) => other !== node && node.row[at.ppid] !== node.row[at.pid]
        && (started === null || other.row[at.create_time] === null || other.row[at.create_time] <= started));
      node.parent = older.length ? older[older.length - 1] : null;
    }
    for (const node of nodes) {
      /* Times of one moment, or none, can make a ring. */
      const seen = new Set([node]);
      for (let up = node.parent; up; up = up.parent) {
        if (seen.has(up)) { node.parent = null; break; }
        seen.add(up);
      }
      if (node.parent) node.parent.children.push(node);
    }
    return { at, roots: nodes.filter((node) => !node.parent) };
  }

  function branch(panel, grown, node, options) {
    const row = node.row;
    const value = (name) => row[grown.at[name]];
    const name = text(value('image_file_name'), '');
    const target = options.target && options.target(panel, row, 'pid', value('pid'));
    const odd = (value('oddities') || '').split(';').filter((one) => one && one !== 'ended');
    const item = el('li', {}, el('span', { class: value('exit_time') ? 'ended' : null },
      target ? el('a', { href: target }, name) : el('b', {}, name), ' ',
      el('span', { class: 'pid' }, text(value('pid'), 'pid')),
      ...odd.map((one) => el('span', { class: 'odd' }, '⚠ ' + one)),
      el('span', { class: 'time' }, value('create_time') ? text(value('create_time'), '') + (value('exit_time') ? ' to ' + text(value('exit_time'), '') : '') : ''),
      el('code', { class: 'line' }, value('command_line') ? text(value('command_line'), '') : '')));
    return item;
  }

  /* Without recursion: forged processes can make a tree as deep as there are of them. */
  function branches(panel, grown, options) {
    const MAX_DEPTH = 60;
    const top = el('ul', {});
    const left = grown.roots.map((node) => [node, top, 0]).reverse();
    while (left.length) {
      const [node, list, depth] = left.pop();
      const item = branch(panel, grown, node, options);
      list.append(item);
      if (!node.children.length) continue;
      const below = depth < MAX_DEPTH ? el('ul', {}) : list;
      if (below !== list) item.append(below);
      for (let i = node.children.length - 1; i >= 0; i--) left.push([node.children[i], below, depth + 1]);
    }
    return top;
  }

  function tree(panel, rows, options) {
    const host = panel.columns.indexOf('host');
    const oddities = panel.columns.indexOf('oddities');
    const byHost = new Map();
    for (const row of rows) {
      if (!byHost.has(row[host])) byHost.set(row[host], []);
      byHost.get(row[host]).push(row);
    }
    const isOdd = (row) => (row[oddities] || '').split(';').some((one) => one && one !== 'ended');
    const hosts = [...byHost.entries()].map(([name, own]) => ({ name, own, odd: own.filter(isOdd).length }))
      .sort((a, b) => b.odd - a.odd || (a.name < b.name ? -1 : 1));
    const words = options.filter.q || options.filter.host;
    return el('div', {}, ...hosts.map((one, index) => {
      const open = index === 0 || (words && index < 5);
      const details = el('details', { class: 'tree', open });
      details.append(el('summary', {}, el('b', {}, printable(one.name)), ' ' + number(one.own.length) + ' processes',
        one.odd ? el('span', { class: 'odd' }, one.odd + ' odd') : null));
      const fill = () => {
        if (details.children.length > 1) return;
        /* The whole host makes the tree; a filter only chooses what is shown of a list. */
        const grown = forest(panel, words && options.filter.q ? one.own : panel.rows.filter((row) => row[host] === one.name));
        details.append(branches(panel, grown, options));
      };
      details.addEventListener('toggle', () => { if (details.open) fill(); });
      if (open) fill();
      options.beforePrint(() => { fill(); details.open = true; });
      return details;
    }));
  }

  const hourOf = (millis) => new Date(millis).toISOString().replace('.000Z', 'Z');

  /* Two ends of a time for those who use no mouse, and to see what the brush chose. */
  function ends(panel, filter) {
    const input = (key, label) => {
      const field = el('input', { type: 'datetime-local', 'aria-label': panel.title + ', ' + label, value: (filter[key] || '').slice(0, 16) || null });
      field.addEventListener('change', () => {
        const millis = Date.parse(field.value + 'Z');
        go({ [key]: Number.isNaN(millis) ? null : hourOf(millis) });
      });
      return field;
    };
    return el('div', { class: 'form brush' }, 'From ', input('from', 'from'), ' to ', input('to', 'to'),
      filter.from || filter.to ? el('button', { type: 'button', onclick: () => go({ from: null, to: null }) }, 'All times') : null);
  }

  /* A range of bars that is drawn over with the mouse, or one bar that is clicked, becomes the filter. */
  function brush(chart, geometry) {
    const { width, height, left, bottom, slots, timeAt, endAt } = geometry;
    const slotOf = (event) => {
      const box = chart.getBoundingClientRect();
      const x = (event.clientX - box.left) * width / box.width;
      return Math.max(0, Math.min(slots - 1, Math.floor((x - left) * slots / (width - left))));
    };
    let from = null;
    const band = svg('rect', { class: 'band', y: 0, height: height - bottom, x: 0, width: 0 });
    chart.append(band);
    const mark = (to) => {
      const room = (width - left) / slots;
      band.setAttribute('x', left + Math.min(from, to) * room);
      band.setAttribute('width', (Math.abs(to - from) + 1) * room);
    };
    chart.addEventListener('pointerdown', (event) => { from = slotOf(event); mark(from); chart.setPointerCapture(event.pointerId); event.preventDefault(); });
    chart.addEventListener('pointermove', (event) => { if (from !== null) mark(slotOf(event)); });
    chart.addEventListener('pointercancel', () => { from = null; band.setAttribute('width', 0); });
    chart.addEventListener('pointerup', (event) => {
      if (from === null) return;
      const to = slotOf(event);
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      from = null;
      go({ from: hourOf(timeAt(low)), to: hourOf(endAt(high)) });
    });
  }

  function histogram(panel, rows, options) {
    const series = new Map();
    const buckets = new Map();
    for (const [time, name, count] of rows) {
      series.set(name, (series.get(name) || 0) + Number(count));
      const bucket = buckets.get(time) || new Map();
      bucket.set(name, (bucket.get(name) || 0) + Number(count));
      buckets.set(time, bucket);
    }
    let names = [...series.entries()].sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1)).map(([name]) => name);
    const kept = new Set(names.slice(0, 7));
    names = names.length > 8 ? [...kept, 'others'] : names;
    const nameOf = (name) => names.includes(name) ? name : 'others';
    const times = [...buckets.keys()].sort();
    const hours = times.map((time) => Date.parse(time) / 3600000);
    const span = hours[hours.length - 1] - hours[0] + 1;
    /* A fleet's times may lie years apart: then bars stand side by side, each with its own label. */
    const even = span > 400;
    const slots = even ? times.length : span;
    const width = 900, height = 190, left = 44, bottom = 34;
    const room = (width - left) / slots;
    const total = (bucket) => [...bucket.values()].reduce((a, b) => a + b, 0);
    const most = Math.max(...[...buckets.values()].map(total));
    const y = (value) => (height - bottom - 8) * value / most;
    const chart = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': panel.title + ': ' + number(rows.reduce((a, r) => a + Number(r[2]), 0)) + ' events from ' + text(times[0], '') + ' to ' + text(times[times.length - 1], '') });
    chart.append(svg('line', { class: 'axis', x1: left, x2: width, y1: height - bottom, y2: height - bottom }));
    chart.append(svg('text', { x: left - 6, y: 16, 'text-anchor': 'end' }, number(most)), svg('text', { x: left - 6, y: height - bottom, 'text-anchor': 'end' }, '0'));
    const every = Math.max(1, Math.ceil(times.length / 7));
    times.forEach((time, index) => {
      const slot = even ? index : hours[index] - hours[0];
      let top = height - bottom;
      const label = text(time, '').slice(0, 16) + ': ' + [...buckets.get(time)].map(([name, count]) => printable(name) + ' ' + number(count)).join(', ');
      const group = svg('g', {}, svg('title', {}, label));
      const merged = new Map();
      for (const [name, count] of buckets.get(time)) merged.set(nameOf(name), (merged.get(nameOf(name)) || 0) + count);
      for (const name of names) {
        const count = merged.get(name);
        if (!count) continue;
        top -= y(count);
        group.append(svg('rect', { class: 's' + names.indexOf(name), x: left + slot * room, y: top, width: Math.max(1.5, Math.min(46, room * 0.92)), height: Math.max(0.5, y(count)) }));
      }
      chart.append(group);
      if (index % every === 0) chart.append(svg('text', { x: Math.min(left + slot * room, width - 116), y: height - 16 }, text(time, '').slice(0, 16)));
    });
    brush(chart, {
      width, height, left, bottom, slots,
      timeAt: (slot) => 3600000 * (even ? hours[slot] : hours[0] + slot),
      endAt: (slot) => 3600000 * ((even ? hours[slot] : hours[0] + slot) + 1),
    });
    const legend = el('ul', { class: 'legend' }, ...names.map((name, i) => el('li', {},
      svg('svg', { width: 10, height: 10, 'aria-hidden': 'true' }, svg('rect', { class: 's' + i, width: 10, height: 10 })), printable(name))));
    return el('div', {}, chart, legend, ends(panel, options.filter));
  }

  function edges(panel, rows, options) {
    const shown = rows.slice(0, 60);
    const lefts = [...new Set(shown.map((row) => row[0]))];
    const rights = [...new Set(shown.map((row) => row[1]))];
    const line = 20;
    const height = Math.max(lefts.length, rights.length) * line + 16;
    const most = Math.max(...shown.map((row) => Number(row[2])));
    const yOf = (list, name) => (list.indexOf(name) + 0.5) * (height / list.length);
    const chart = svg('svg', { viewBox: `0 0 900 ${height}`, role: 'img', 'aria-label': panel.title + ': ' + shown.length + ' lines, the table below has them all' });
    for (const row of shown) {
      const a = yOf(lefts, row[0]);
      const b = yOf(rights, row[1]);
      const path = svg('path', { class: 'edge', d: `M200 ${a} C 430 ${a}, 430 ${b}, 640 ${b}`, 'stroke-width': 1 + 4 * Number(row[2]) / most });
      path.append(svg('title', {}, text(row[0], '') + ' → ' + text(row[1], '') + ': ' + row[2]));
      chart.append(path);
    }
    for (const name of lefts) chart.append(svg('text', { class: 'node', x: 192, y: yOf(lefts, name) + 4, 'text-anchor': 'end' }, text(name, '').slice(0, 30)));
    for (const name of rights) chart.append(svg('text', { class: 'node', x: 648, y: yOf(rights, name) + 4 }, text(name, '').slice(0, 42)));
    return el('div', {}, chart, table(panel, rows, options));
  }

  const CHARTS = { table, facts, bars, heat, tree, histogram, edges };
  const WIDE = new Set(['findings', 'process_tree', 'evidence', 'runs', 'hidden', 'quality', 'errors', 'timeline', 'fleet', 'heat', 'host_list', 'activity', 'timeline_histogram', 'edges', 'injections', 'foreign_pointers', 'code_patches', 'rare_autostarts', 'large_values', 'events_between']);

  function csv(panel, rows) {
    const one = (value) => {
      let words = value === null ? '' : Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
      /* A spreadsheet runs texts that begin like a formula. */
      if (typeof value !== 'number' && /^[=+\-@\t\r]/.test(words)) words = "'" + words;
      return /[",\r\n]/.test(words) ? '"' + words.replaceAll('"', '""') + '"' : words;
    };
    return [panel.columns, ...rows].map((row) => row.map(one).join(',')).join('\r\n') + '\r\n';
  }

  function save(name, content) {
    const url = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
    el('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  function copy(words, button) {
    const done = () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 1500); };
    const byHand = () => {
      const area = el('textarea', {}, words);
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      done();
    };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(words).then(done, byHand); else byHand();
  }

  const printers = [];
  window.addEventListener('beforeprint', () => printers.forEach((print) => print()));

  /* A panel as a card that redraws itself when the filter changes. */
  function card(panel, options) {
    const count = el('span', { class: 'count' });
    const place = el('div', {});
    const sql = el('div', { class: 'hidden' });
    const id = 'panel-' + panel.id;
    const node = el('section', { class: 'panel ' + panel.state + (WIDE.has(panel.id) || options.wide ? ' wide' : ''), id, 'aria-labelledby': id + '-title' },
      el('header', {}, el('h3', { id: id + '-title' }, panel.title), count,
        panel.state === 'rows' ? el('button', { type: 'button', onclick: () => options.export ? options.export(panel) : save(panel.id + '.csv', csv(panel, filtered(panel, options.filter()))) }, 'CSV') : null,
        el('button', { type: 'button', 'aria-expanded': 'false', onclick: (event) => {
          if (!sql.children.length) {
            const button = el('button', { type: 'button', onclick: () => copy(panel.sql, button) }, 'Copy');
            sql.append(el('pre', { class: 'sql' }, panel.sql), button);
          }
          event.target.setAttribute('aria-expanded', String(!sql.classList.toggle('hidden')));
        } }, 'SQL')),
      el('p', {}, panel.about), sql, place);
    const redraw = () => {
      const filter = options.filter();
      if (panel.state !== 'rows') {
        place.replaceChildren(el('p', { class: 'none' }, printable(panel.message)));
        return;
      }
      const rows = filtered(panel, panel.chart === 'facts' ? {} : filter);
      count.textContent = panel.chart === 'facts' ? '' : rows.length === panel.rows.length
        ? number(rows.length) + (panel.cut ? ' rows, and more in the lake' : rows.length === 1 ? ' row' : ' rows')
        : number(rows.length) + ' of ' + number(panel.rows.length) + ' rows';
      place.replaceChildren(rows.length
        ? CHARTS[panel.chart](panel, rows, { ...options, filter, redraw, beforePrint: (print) => printers.push(print) })
        : el('p', { class: 'none' }, 'Nothing passes the filter.'));
    };
    return { node, redraw };
  }

  /* The bar on top: sections, filter, theme. */
  function tools(sections, hosts) {
    const search = el('div', { role: 'search' });
    const words = el('input', { type: 'search', id: 'q', placeholder: 'Filter ( / )', 'aria-label': 'Filter all panels', value: state().q || '' });
    let timer;
    words.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => go({ q: words.value }), 120); });
    const host = el('select', { id: 'host', 'aria-label': 'Host' }, el('option', { value: '' }, 'All hosts'), ...hosts.map((name) => el('option', { value: name }, printable(name))));
    host.addEventListener('change', () => go({ host: host.value }));
    const theme = el('button', { type: 'button', 'aria-label': 'Light or dark', title: 'Light or dark', onclick: () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
    } }, '◐');
    search.append(words, ' ', host);
    const chips = el('div', { class: 'chips' });
    const bar = el('div', { class: 'tools' }, el('nav', { 'aria-label': 'Sections' }, ...sections), chips, search, theme);
    document.addEventListener('keydown', (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === '/' && !typing) { event.preventDefault(); words.focus(); words.select(); }
      if (event.key === 'Escape') { words.value = ''; words.blur(); go({ q: null, host: null, technique: null, severity: null, from: null, to: null }); }
      if (event.key === '?' && !typing) alertKeys();
    });
    const update = () => {
      const now = state();
      if (document.activeElement !== words) words.value = now.q || '';
      host.value = now.host || '';
      /* The address of a host or of a process is no filter that could be removed. */
      chips.replaceChildren(...['host', 'technique', 'severity', 'from', 'to'].filter((key) => now[key] && !now.view).map((key) =>
        el('button', { type: 'button', title: 'Remove this filter', onclick: () => go({ [key]: null }) }, key + ': ' + printable(now[key]) + ' ✕')));
    };
    return { bar, update };
  }

  function alertKeys() {
    document.getElementById('q').placeholder = '/ filter · Esc clears';
  }

  const state = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

  return { el, card, tools, state, link, go, text, printable, number, bytes, copy, save };
})();
