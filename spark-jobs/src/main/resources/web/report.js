(() => {
  const { el, card, tools, state, link, printable, text } = Memlake;
  const data = JSON.parse(document.getElementById('data').textContent);
  const hosts = [...new Set(data.panels.filter((panel) => panel.id === 'host_list' || panel.id === 'process_tree')
    .flatMap((panel) => panel.rows.map((row) => row[panel.columns.indexOf('host')])))].sort();
  const sections = data.sections.map((section) => el('a', { href: '#section=' + section.id }, section.title));
  const top = tools(sections, hosts);
  document.title = 'Memlake report: ' + data.case;
  document.body.append(
    el('header', {}, el('h1', {}, 'Memlake: case ' + printable(data.case)),
      el('p', {}, 'Lake ' + printable(data.lake) + ' · written ' + text(data.made, '') + ' UTC by Memlake ' + printable(data.version) + ' · all times are UTC')),
    top.bar);
  const cards = [];
  const main = el('main', {});
  for (const section of data.sections) {
    const panels = data.panels.filter((panel) => panel.section === section.id).map((panel) => card(panel, { filter: state }));
    cards.push(...panels);
    main.append(el('section', { 'aria-labelledby': 'section-' + section.id }, el('h2', { id: 'section-' + section.id }, section.title),
      el('div', { class: 'panels' }, ...panels.map((panel) => panel.node))));
  }
  document.body.append(main);

  let last = null;
  function update() {
    const now = state();
    top.update();
    const filter = JSON.stringify([now.q, now.host, now.technique, now.severity, now.from, now.to]);
    if (filter !== last) {
      last = filter;
      cards.forEach((panel) => panel.redraw());
    }
    sections.forEach((anchor, i) => {
      anchor.href = link({ section: data.sections[i].id, panel: null });
      if (now.section === data.sections[i].id) anchor.setAttribute('aria-current', 'true'); else anchor.removeAttribute('aria-current');
    });
    const target = document.getElementById(now.panel ? 'panel-' + now.panel : 'section-' + now.section);
    if (target) target.scrollIntoView();
  }
  addEventListener('hashchange', update);
  update();
  performance.mark('drawn');
  document.documentElement.dataset.ready = 'true';
})();
