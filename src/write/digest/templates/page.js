'use strict';
// Keys, and articles that open beside the story that was read. Without this, links and style do.
(() => {
  const page = document.documentElement;
  page.classList.add('js');
  let heads = [];
  let article = null;
  let mark = null;
  let opener = null;

  function hide() {
    if (mark) mark.classList.remove('here');
    if (article) article.classList.remove('open');
    if (opener) opener.removeAttribute('aria-current');
    page.classList.remove('reading', 'left');
    article = mark = opener = null;
  }

  function show(id, from) {
    const place = document.getElementById(id);
    const found = place && place.closest('.source');
    if (!found) return false;
    hide();
    article = found;
    opener = from;
    if (opener) opener.setAttribute('aria-current', 'true');
    article.classList.add('open');
    page.classList.add('reading');
    // Articles written from right to left open at the left, since their stories begin at the right.
    page.classList.toggle('left', article.matches('.rtl'));
    if (place === article) {
      article.scrollTop = 0;
    } else {
      mark = place;
      mark.classList.add('here');
      mark.scrollIntoView({ block: 'center' });
    }
    article.focus({ preventScroll: true });
    history.replaceState(null, '', '#' + id);
    return true;
  }

  // Back to the link that opened the article, at the place where it was read.
  function close() {
    if (!article) return;
    const story = document.getElementById(article.querySelector('.close').getAttribute('href').slice(1));
    const back = opener || (story && story.querySelector('h3 a'));
    const stay = !!opener;
    hide();
    const from = back && back.closest('.story');
    history.replaceState(null, '', from ? '#' + from.id : location.pathname + location.search);
    if (back) back.focus({ preventScroll: stay });
  }

  function current() {
    const story = document.activeElement.closest('.story') || (article && opener && opener.closest('.story'));
    if (story) return heads.findIndex(head => story.contains(head));
    return null;
  }

  function step(by) {
    let at = current();
    if (at === null) {
      // The first story that is wholly below the top of the window.
      at = heads.findIndex(head => head.getBoundingClientRect().top > 0);
      if (at < 0) at = heads.length;
      if (by > 0) at -= 1;
    }
    const next = heads[Math.min(Math.max(at + by, 0), heads.length - 1)];
    if (!next) return;
    hide();
    next.focus({ preventScroll: true });
    next.closest('.story').scrollIntoView({ block: 'nearest' });
    if (next.getBoundingClientRect().top < 64) next.closest('.story').scrollIntoView({ block: 'start' });
  }

  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.matches('.close')) {
      event.preventDefault();
      close();
    } else if (show(link.getAttribute('href').slice(1), link)) {
      event.preventDefault();
    }
  });

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key;
    const onHead = heads.includes(document.activeElement);
    if (key === 'Escape') close();
    else if (key === 'j' || (key === 'ArrowDown' && onHead)) step(1);
    else if (key === 'k' || (key === 'ArrowUp' && onHead)) step(-1);
    else return;
    event.preventDefault();
  });

  function follow() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it stands */ }
    if (!show(id, null)) hide();
  }

  document.addEventListener('DOMContentLoaded', () => {
    heads = Array.from(document.querySelectorAll('.story h3 > a'));
    if (location.hash) follow();
  });
  window.addEventListener('hashchange', follow);
})();
