(() => {
  const { el, card, tools, state, link, go, printable, text, copy } = Memlake;
  const about = JSON.parse(document.getElementById('data').textContent);
  const fleet = about.sections.filter((section) => section.fleet);
  let lake = { hosts: [], tables: [], version: -1 };

  async function get(path, parameters) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters || {})) if (value !== undefined && value !== null && value !== '') query.set(key, value);
    const response = await fetch(path + (query.size ? '?' + query : ''), { credentials: 'same-origin' });
    if (!response.ok) throw new Error((await response.text()).trim() || 'The dashboard answered ' + response.status);
    return response.json();
  }

  /* Where a value leads: hosts, processes and bytes are one step away. */
  function target(panel, row, column, value) {
    const of = (name) => row[panel.columns.indexOf(name)];
    const host = panel.columns.includes('host') ? of('host') : state().host;
    if (column === 'host' || column === 'to_host') return address({ view: 'host', host: value });
    if (host === undefined || host === null) return null;
    const pid = panel.columns.includes('pid') ? of('pid') : state().pid;
    if ((column === 'pid' || column === 'process' || column === 'owner') && typeof pid === 'number') {
      return address({ view: 'process', host, pid, eprocess: panel.columns.includes('eprocess') ? of('eprocess') : null });
    }
    if (column === 'forensic_path' && /^(phys|pagefile\d+|store|pid:\d+:va|kernel:va):/.test(value)) return address({ view: 'bytes', host, path: value });
    if (/^0x/.test(value) && ['start', 'base', 'win32_start_address', 'peb', 'teb'].includes(column) && value !== '0x0') {
      const kernel = panel.id === 'host_drivers';
      if (kernel || (pid !== undefined && pid !== null)) return address({ view: 'bytes', host, path: (kernel ? 'kernel' : 'pid:' + pid) + ':va:' + value });
    }
    return null;
  }

  function address(parts) {
    const all = new URLSearchParams();
    for (const [key, value] of Object.entries(parts)) if (value !== null && value !== undefined && value !== '') all.set(key, value);
    return '#' + all.toString();
  }

  const nav = [
    ...fleet.map((section) => el('a', { href: address({ section: section.id }), 'data-view': 'section=' + section.id }, section.title)),
    el('a', { href: '#view=diff', 'data-view': 'view=diff' }, 'Differences'),
    el('a', { href: '#view=tables', 'data-view': 'view=tables' }, 'Tables'),
    about.sql ? el('a', { href: '#view=sql', 'data-view': 'view=sql' }, 'SQL') : null,
  ].filter(Boolean);
  let top;
  const main = el('main', {});
  const status = el('p', { role: 'status' });

  function show(title, crumbs, ...content) {
    main.replaceChildren(el('section', { 'aria-labelledby': 'view-title' },
      crumbs.length ? el('nav', { class: 'crumbs', 'aria-label': 'Where you are' }, ...crumbs.flatMap(([name, href]) => [el('a', { href }, name), '› '])) : null,
      el('h2', { id: 'view-title' }, title), ...content.filter(Boolean)));
    document.title = title + ' · Memlake';
  }

  let cards = [];
  async function panels(ids, parameters, place, round) {
    const slots = ids.map((id) => {
      const slot = el('section', { class: 'panel', id: 'panel-' + id }, el('p', { class: 'none' }, 'Asking …'));
      place.append(slot);
      return slot;
    });
    await Promise.all(ids.map(async (id, i) => {
      let drawn;
      try {
        const panel = await get('/api/panel/' + id, parameters);
        if (round !== current) return;
        panel.sqlShown = panel.sql;
        drawn = card(panel, {
          filter: () => { const now = state(); return now.view ? { q: now.q } : now; },
          target, wide: Boolean(parameters.host || parameters.a) && panel.chart !== 'bars',
          export: () => { const query = new URLSearchParams(); for (const [k, v] of Object.entries(parameters)) if (v) query.set(k, v); el('a', { href: '/api/export/' + id + '?' + query, download: id + '.csv' }).click(); },
        });
        drawn.redraw();
        cards.push(drawn);
        slots[i].replaceWith(drawn.node);
      } catch (failure) {
        slots[i].replaceChildren(el('p', { class: 'error' }, printable(failure.message)));
      }
    }));
    const wanted = state().panel && document.getElementById('panel-' + state().panel);
    if (wanted && round === current) wanted.scrollIntoView();
  }

  const idsOf = (section) => about.sections.find((one) => one.id === section).panels;

  function hexView(hex, base) {
    const lines = [];
    for (let at = 0; at < hex.length / 2; at += 16) {
      let bytes = '';
      let words = '';
      for (let i = at; i < at + 16; i++) {
        const byte = parseInt(hex.substr(2 * i, 2), 16);
        bytes += hex.substr(2 * i, 2) + (i - at === 7 ? '  ' : ' ');
        words += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
      }
      lines.push((base + BigInt(at)).toString(16).padStart(16, '0') + '  ' + bytes + ' ' + words);
    }
    return lines.join('\n');
  }

  async function bytesView(now, round) {
    const parts = /^(.*:)(0x[0-9a-f]+|\d+)$/i.exec(now.path || '');
    const step = (by) => parts ? address({ ...now, path: parts[1] + '0x' + (((BigInt(parts[2]) >> 12n) + by) << 12n).toString(16) }) : null;
    const crumbs = [['Hosts', address({ section: 'hosts' })], [printable(now.host), address({ view: 'host', host: now.host })]];
    const pid = /^pid:(\d+):/.exec(now.path || '');
    if (pid) crumbs.push(['Process ' + pid[1], address({ view: 'process', host: now.host, pid: pid[1] })]);
    const command = 'memlake extract page --lake ' + about.lake + ' --host ' + now.host + ' --path ' + now.path + ' --out DIR';
    const place = el('div', {}, el('p', {}, 'Reading the evidence …'));
    show('Bytes at ' + printable(now.path || ''), crumbs, el('p', { class: 'form' }, parts && BigInt(parts[2]) >= 4096n ? el('a', { href: step(-1n) }, '‹ page before') : null, parts ? el('a', { href: step(1n) }, 'next page ›') : null), place,
      el('p', {}, 'The same in a file: ', el('code', {}, printable(command))));
    try {
      const page = await get('/api/bytes', { host: now.host, path: now.path });
      if (round !== current) return;
      const base = parts ? (BigInt(parts[2]) >> 12n) << 12n : 0n;
      place.replaceChildren(el('p', {}, 'This page is ', el('b', {}, printable(page.account)), page.bytes ? '.' : ': there are no bytes to show.'),
        page.bytes ? el('pre', { class: 'bytes', tabindex: '0' }, hexView(page.bytes, base)) : '');
    } catch (failure) {
      place.replaceChildren(el('p', { class: 'error' }, printable(failure.message)));
    }
  }

  function chooser(name, label, value, change) {
    const select = el('select', { 'aria-label': label }, el('option', { value: '' }, label), ...lake.hosts.map((host) => el('option', { value: host, selected: host === value }, printable(host))));
    select.addEventListener('change', () => change(select.value));
    return select;
  }

  function diffView(now, round) {
    const place = el('div', { class: 'panels' });
    show('Differences', [], el('p', {}, 'Two hosts, or two snapshots of one that were analyzed under two names: what the first has and the second has not is gone, the other way round it is new.'),
      el('div', { class: 'form' }, chooser('a', 'First', now.a, (a) => go({ a })), '→', chooser('b', 'Second', now.b, (b) => go({ b }))), place);
    if (now.a && now.b) panels(idsOf('diff'), { a: now.a, b: now.b }, place, round);
  }

  function tablesView() {
    const rows = lake.tables.map((table) => el('tr', {}, el('td', {}, table.name), el('td', { class: 'number' }, text(table.rows, '')), el('td', {}, table.doc)));
    show('Tables', [], el('section', { class: 'panel' }, el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Tables' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'table'), el('th', { scope: 'col', class: 'number' }, 'rows'), el('th', { scope: 'col' }, 'a row is'))), el('tbody', {}, ...rows)))));
  }

  function sqlView(now, round) {
    const area = el('textarea', { 'aria-label': 'SELECT statement', spellcheck: 'false' }, now.sql || 'SELECT host, count(*) AS processes FROM processes GROUP BY host ORDER BY host');
    const run = () => { if (state().sql === area.value) route(); else go({ sql: area.value }); };
    area.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(); });
    const place = el('div', { class: 'panels' });
    show('SQL', [], el('p', {}, 'One SELECT over the tables of this lake; Ctrl-Enter runs it.'), area, el('div', { class: 'form' }, el('button', { type: 'button', onclick: run }, 'Run')), place);
    if (!now.sql) return;
    get('/api/sql', { q: now.sql }).then((answer) => {
      if (round !== current) return;
      const panel = { id: 'sql', title: 'Answer', about: '', chart: 'table', sql: now.sql, state: answer.rows.length ? 'rows' : 'empty', message: 'No rows.', ...answer };
      const drawn = card(panel, { filter: () => ({ q: state().q }), target, wide: true });
      drawn.redraw();
      cards.push(drawn);
      place.replaceChildren(drawn.node);
    }, (failure) => place.replaceChildren(el('p', { class: 'error', role: 'alert' }, printable(failure.message))));
  }

  let current = 0;
  let shown = '';
  function route(again) {
    const now = state();
    top.update();
    for (const anchor of nav) {
      const mine = anchor.dataset.view === (now.view ? 'view=' + now.view : 'section=' + (now.section || fleet[0].id));
      if (mine) anchor.setAttribute('aria-current', 'page'); else anchor.removeAttribute('aria-current');
    }
    const key = JSON.stringify([now.view, now.view ? null : now.section, now.view ? now.host : null, now.pid, now.eprocess, now.path, now.a, now.b, now.sql, !now.view && now.from, !now.view && now.to]);
    if (key === shown && again !== true && now.view !== 'sql') {
      cards.forEach((one) => one.redraw());
      const wanted = now.panel && document.getElementById('panel-' + now.panel);
      if (wanted) wanted.scrollIntoView();
      return;
    }
    /* A cell of the heat map leads to the findings, which another section shows. */
    if (!now.view && now.panel && !idsOf(now.section || fleet[0].id).includes(now.panel)) {
      const section = fleet.find((one) => one.panels.includes(now.panel));
      if (section) { go({ section: section.id }); return; }
    }
    shown = key;
    const round = ++current;
    cards = [];
    const place = el('div', { class: 'panels' });
    const hosts = ['Hosts', address({ section: 'hosts' })];
    if (now.view === 'host') {
      show('Host ' + printable(now.host), [hosts], place);
      panels(idsOf('host'), { host: now.host }, place, round);
    } else if (now.view === 'process') {
      show('Process ' + printable(now.pid) + ' on ' + printable(now.host), [hosts, [printable(now.host), address({ view: 'host', host: now.host })]], place);
      panels(idsOf('process'), { host: now.host, pid: now.pid, eprocess: now.eprocess }, place, round);
    } else if (now.view === 'bytes') bytesView(now, round);
    else if (now.view === 'diff') diffView(now, round);
    else if (now.view === 'tables') tablesView();
    else if (now.view === 'sql' && about.sql) sqlView(now, round);
    else {
      const section = fleet.find((one) => one.id === now.section) || fleet[0];
      show(section.title, [], place);
      panels(section.panels, {}, place, round);
      /* The lake holds more events than the latest ones: those of a chosen time are asked for. */
      if (section.id === 'timeline' && now.from && now.to) panels(idsOf('time'), { from: now.from, to: now.to }, place, round);
    }
  }

  async function watch() {
    try {
      const seen = await get('/api/lake');
      const changed = lake.version >= 0 && seen.version !== lake.version;
      lake = seen;
      status.textContent = changed ? 'The lake changed at ' + new Date().toISOString().slice(11, 19) + ' UTC; shown as it is now.' : status.textContent;
      if (changed) route(true);
    } catch (failure) {
      status.textContent = 'The dashboard does not answer any more.';
    }
  }

  async function start() {
    lake = await get('/api/lake');
    top = tools(nav, lake.hosts);
    document.body.append(el('header', {}, el('h1', {}, 'Memlake: case ' + printable(about.case)),
      el('p', {}, 'Lake ' + printable(about.lake) + ' · ' + lake.hosts.length + ' hosts · answered by ' + lake.engine + ' · Memlake ' + printable(about.version) + ' · all times are UTC'), status), top.bar, main);
    addEventListener('hashchange', () => route());
    route();
    setInterval(watch, 5000);
    document.documentElement.dataset.ready = 'true';
  }
  start().catch((failure) => document.body.append(el('p', { class: 'error' }, printable(failure.message))));
})();
