// The map in class: steps, branches, authors, search, zoom. Without this script the page is the
// picture and the words. A comment has lines of its own; `packed` says how this is inlined.
(() => {
  const doc = document, by = id => doc.getElementById(id), $ = name => by('am-' + name);
  const {steps, links, groups, notes, ...data} = JSON.parse($('data').textContent), last = steps.length;
  const main = doc.querySelector('main'), all = what => [...main.querySelectorAll(what)];
  const [stage] = all('.map'), [svg] = all('.map svg'), say = $('say');
  const {width, height} = svg.viewBox.baseVal, done = new AbortController();
  const on = (name, act) => addEventListener(name, act, {signal: done.signal, passive: false}),
    flip = (e, name, yes) => e.classList.toggle(name, yes),
    tell = (e, what, value) => e.setAttribute('aria-' + what, value);
  const {min, max, hypot} = Math, inside = e => stage.contains(e.target);
  const plain = s => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  // a card knows which one it hangs below; that one comes first
  const cards = data.cards.map(([id, up, who]) => {
    const g = by(id), label = g.getAttribute('aria-label');
    return {id, up, who, g, outer: g.closest('a') || g, label, words: label.replace(/^[\d.#]+\s+/, ''), below: 0, r: g.querySelector('rect').getBBox()};
  });
  for (const c of [...cards].reverse()) if (c.up >= 0) cards[c.up].below += 1 + c.below;
  const when = n => steps.findIndex(s => s.includes(n)) + 1,
    which = (key, value) => cards.findIndex(c => c[key] === value), at = id => which('id', id),
    darks = [...doc.querySelectorAll('style')].flatMap(s => [...s.sheet.cssRules])
    .filter(r => /dark/.test(r.media?.mediaText)).map(({media}) => [media, media.mediaText]);

  // step 0 is the title, and one beyond the last the whole map; a view is a place in the picture
  // with the pixels for a point of it, or null for all of it
  let step = last + 1, view = null, author = -1, hits = [], hit = -1,
    turned = false, now = [], moved = 0, later = 0;
  const closed = new Set(), down = new Map();

  const apart = n => author >= 0 && cards[n].who !== author;

  function paint() {
    const seen = new Set(steps.slice(0, step).flat());
    cards.forEach((c, n) => {
      const {x, y, width, height} = c.r;
      c.hid = closed.has(c.up) || cards[c.up]?.hid;
      c.off = c.hid || !seen.has(n);
      flip(c.outer, 'off', c.off);
      flip(c.outer, 'dim', apart(n));
      flip(c.g, 'now', now.includes(n));
      flip(c.g, 'hit', hits.includes(n));
      if (!c.below) return;
      c.g.setAttribute('role', 'button');
      tell(c.g, 'expanded', !closed.has(n));
      c.g.querySelector('.more')?.remove();
      if (closed.has(n)) c.g.insertAdjacentHTML('beforeend', `<g class="more"><rect x="${x+width-48}" y="${y+height-12}" width="44" height="24" rx="12"/><text x="${x+width-26}" y="${y+height+5}">+${c.below}</text></g>`);
    });
    for (const [id, ends] of links) for (const sort of 'ejw') {
      const g = by(sort + '-' + id);
      if (!g) continue;
      flip(g, 'off', ends.some(n => cards[n].off));
      flip(g, 'dim', ends.every(apart));
    }
    for (const [id, some] of groups) if (by(id)) flip(by(id), 'off', some.every(n => cards[n].off));
    for (const b of all('[data-who]')) tell(b, 'pressed', +b.dataset.who === author);
    $('hits').innerText = $('find').value && `${hit+1} of ${hits.length}`;
    $('at').innerText = min(step, last) + ' / ' + last;
  }

  // --- the view

  function size() {
    const {clientWidth: w, clientHeight: h} = stage;
    return [w, h, min(w / width, h / height)];
  }

  function look(v, gently) {
    const [w, h, fit] = size();
    view = v;
    svg.style.transition = gently ? '' : 'none';
    const far = (side, own, at) => side / 2 - v.z / fit * (side - own * fit) / 2 - v.z * at;
    svg.style.transform = v ? `translate(${far(w, width, v.x)}px,${far(h, height, v.y)}px) scale(${v.z/fit})` : '';
  }

  function move(dx, dy, by, gently) {
    const v = view || {x: width / 2, y: height / 2, z: size()[2]};
    look({x: v.x + dx / v.z, y: v.y + dy / v.z, z: v.z * by}, gently);
  }

  function zoom(by, x, y) {
    const [w, h] = size(), s = stage.getBoundingClientRect(), k = 1 - 1 / by;
    move(x ? (x - s.x - w / 2) * k : 0, x ? (y - s.y - h / 2) * k : 0, by, !x);
  }

  // these cards and what they bear on; if that would be too small to read, these alone
  function near(some, alone) {
    const [w, high, fit] = size(), h = high - say.offsetHeight;
    const rs = (alone ? some : [...some, ...some.map(n => cards[n].up)]).flatMap(n => cards[n]?.r || []);
    const x = min(...rs.map(r => r.x)), y = min(...rs.map(r => r.y));
    const wide = max(...rs.map(r => r.x + r.width)) - x, tall = max(...rs.map(r => r.y + r.height)) - y;
    const z = min(w / (wide + 60), h / (tall + 60), max(1.3, w / 600));
    if (z < 1 && !alone) near(some, true);
    else look(z > fit ? {x: x + wide / 2, y: y + tall / 2 + (high - h) / 2 / z, z} : null, true);
  }

  // --- what is said, and shown

  function show(some, words) {
    now = some;
    for (let [n] = now; n >= 0; n = cards[n].up) closed.delete(cards[n].up);
    say.className = some.length ? '' : words ? 'cover' : 'quiet';
    say.innerText = some.length ? '' : words || 'The whole map.';
    say.append(...some.map(n => by('c-' + cards[n].id).firstElementChild.cloneNode(true)));
    const next = steps[step]?.map(n => cards[n].label).join(' + ');
    $('note').innerText = [...some.map(n => notes[cards[n].id]), next && 'Next: ' + next].filter(s => s).join('\n\n');
    paint();
    some.length ? near(some) : look(null, true);
  }

  function to(k) {
    step = max(0, min(last + 1, k));
    show(steps[step - 1] || [], !step && doc.title);
    clearTimeout(later);
    later = setTimeout(() => {
      later = 0;
      location.replace('#step=' + step);
    }, 99);
  }

  function go(n) {
    step = max(step, when(n));
    show([n]);
  }

  function fold(n) {
    if (!cards[n]?.below) return;
    closed.delete(n) || closed.add(n);
    paint();
  }

  function find(q) {
    hits = q ? [...cards.keys()].filter(n => plain(cards[n].label).includes(plain(q))) : [];
    hit = -1;
    paint();
    return hits.length;
  }

  // dark where the screen is light, and light where it is dark
  function turn(yes) {
    const dark = matchMedia('(prefers-color-scheme:dark)').matches;
    turned = yes;
    for (const [media, was] of darks) media.mediaText = !yes ? was : dark ? 'not all' : 'screen';
    tell($('dark'), 'pressed', yes !== dark);
  }

  function panel(name) {
    for (const b of all('[aria-controls]')) {
      const p = by(b.getAttribute('aria-controls'));
      p.hidden = p !== $(name) || !p.hidden;
      tell(b, 'expanded', !p.hidden);
    }
    now.length ? near(now) : look(view);
  }

  // --- keys, and the buttons that name them

  const next = () => step <= last ? to(step + 1) : location.hash || to(1), back = () => to(step - 1);
  const keys = {
    PageDown: next, ArrowRight: next, ArrowDown: next, ' ': next,
    PageUp: back, ArrowLeft: back, ArrowUp: back,
    Home: () => to(0), End: () => { closed.clear(); to(last + 1); },
    0: () => look(null, true), '+': () => zoom(1.25), '-': () => zoom(.8),
    w: () => panel('words'), n: () => panel('notes'), '?': () => panel('keys'), Escape: panel,
    d: () => turn(!turned), p: () => print(), '/': () => $('find').focus()
  };
  if (doc.dir === 'rtl') [keys.ArrowLeft, keys.ArrowRight] = [next, back];
  const ways = {Left: [-80, 0], Right: [80, 0], Up: [0, -80], Down: [0, 80]};

  on('keydown', e => {
    const t = e.target, k = e.key, enter = k === 'Enter', way = e.shiftKey && ways[k.slice(5)];
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (t === $('find')) {
      if (k === 'Escape') { find(t.value = ''); t.blur(); }
      if (!enter || !hits.length) return;
      hit = (e.shiftKey ? max(hit, 0) + hits.length - 1 : hit + 1) % hits.length;
      go(hits[hit]);
    } else if (t.matches('g[aria-expanded]') && (enter || k === ' ')) fold(at(t.id));
    else if (k === ' ' ? t.matches('button,input') : k[1] ? k !== 'Escape' && t.closest('section') : !$('single').checked) return;
    else if (way) move(...way, 1, true);
    else if (keys[k]) keys[k]();
    else return;
    e.preventDefault();
  });

  on('click', e => {
    const t = e.target, button = t.closest('button'), link = t.closest('a'), branch = t.closest('g[aria-expanded]');
    const to = link?.getAttribute('href');
    if (inside(e) && moved > 5) e.preventDefault();
    else if (button?.dataset.who) {
      author = author === +button.dataset.who ? -1 : +button.dataset.who;
      paint();
    } else if (button) keys[button.dataset.key]();
    else if (to?.[0] === '#') {
      e.preventDefault();
      go(at(to.replace(/#(c-)?/, '')));
    } else if (branch && !link) fold(at(branch.id));
    // the keys of one who clicks are not for what was clicked
    if (e.detail && t !== $('find')) doc.activeElement.blur();
  });

  on('focusin', e => {
    const n = which('outer', e.target);
    if (n >= 0 && e.target.matches(':focus-visible')) near([n], true);
  });
  on('input', () => find($('find').value));
  on('resize', () => look(view));
  on('hashchange', hash);

  // one finger drags, two zoom
  const spot = e => [e.clientX, e.clientY];
  on('pointerdown', e => { if (inside(e)) { moved = 0; down.set(e.pointerId, spot(e)); } });
  on('pointermove', e => {
    const was = down.get(e.pointerId), p = spot(e);
    if (!was) return;
    down.set(e.pointerId, p);
    const x = was[0] - p[0], y = was[1] - p[1];
    const rest = [...down.values()].find(q => q !== p), far = q => hypot(q[0] - rest[0], q[1] - rest[1]);
    moved += hypot(x, y);
    rest ? zoom(far(p) / (far(was) || 1), ...p) : move(x, y, 1);
  });
  for (const end of ['pointerup', 'pointercancel']) on(end, e => down.delete(e.pointerId));
  on('wheel', e => {
    if (!inside(e)) return;
    e.preventDefault();
    zoom(Math.exp(-e.deltaY * (e.ctrlKey ? .01 : .0015)), ...spot(e));
  });

  // while a step is still to be written there, the address is behind
  function hash() {
    const k = parseInt(location.hash.split('#step=')[1]);
    if (!later && k >= 0 && k !== step) to(k);
  }

  // for who puts a new drawing in place of this one, where a card is known by its words
  window.argmap = {
    to, find, toggle: id => fold(at(id)),
    state: () => ({step, last, view, author, turned, search: $('find').value, closed: [...closed].map(n => cards[n].words),
      panel: all('section:not([hidden])')[0]?.id.slice(3), newest: cards[steps[step - 1]?.[0]]?.words}),
    restore(s) {
      to(s.last === last ? s.step : s.step > s.last ? last + 1 : when(which('words', s.newest)) || s.step);
      author = s.author;
      s.closed.forEach(words => closed.add(which('words', words)));
      closed.delete(-1);
      turn(s.turned);
      find($('find').value = s.search);
      panel(s.panel);
      look(s.view);
    },
    stop() { clearTimeout(later); turn(false); done.abort(); }
  };

  main.className = 'on';
  $('words').hidden = true;
  $('bar').hidden = say.hidden = false;
  turn(false);
  show([]);
  hash();
})();
