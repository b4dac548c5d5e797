(() => {
  const bar = (page = document) => page.getElementById("argmap-live");
  const cut = (yes) => bar().classList.toggle("cut", yes);
  let events, turn = Promise.resolve();

  async function update(version) {
    if (bar().dataset.version === version) return cut(false);
    const answer = await fetch("/");
    if (!answer.ok) throw answer.status;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const was = bar(), is = bar(fresh);
    if (was.dataset.policy !== is.dataset.policy) return location.reload();
    for (const e of was.querySelectorAll("details")) {
      const same = is.querySelector("." + e.className);
      if (same) same.open = e.open;
    }
    if (was.dataset.drawn === is.dataset.drawn) return was.replaceWith(is);
    const id = document.activeElement?.id, x = scrollX, y = scrollY;
    const state = window.argmap?.state?.();
    window.argmap?.stop?.();
    document.title = fresh.title;
    document.documentElement.lang = fresh.documentElement.lang;
    document.head.querySelectorAll("style").forEach((s) => s.remove());
    document.head.append(...fresh.head.querySelectorAll("style"));
    document.body = fresh.body;
    for (const old of document.body.querySelectorAll("script:not(#argmap-live-script)")) {
      const script = document.createElement("script");
      for (const a of old.attributes) script.setAttribute(a.name, a.value);
      script.text = old.text;
      old.replaceWith(script);
    }
    if (state) window.argmap?.restore?.(state);
    scrollTo(x, y);
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
  }

  function listen() {
    events?.close();
    // browsers allow few connections, and many tabs may be open
    if (document.hidden) return;
    events = new EventSource("/events");
    events.onerror = () => { cut(true); if (events.readyState === 2) setTimeout(listen, 2000); };
    events.addEventListener("map", (e) => {
      turn = turn.then(() => update(e.data))
        .catch(() => { cut(true); setTimeout(listen, 2000); });
    });
  }
  document.addEventListener("visibilitychange", listen);
  listen();
})();
