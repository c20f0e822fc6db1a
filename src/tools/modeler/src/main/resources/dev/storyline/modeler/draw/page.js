'use strict';
// Everything the page shows stands in it already; this only chooses, moves and copies. No text is ever read as markup.
const stage = document.getElementById('stage');
const panel = document.getElementById('panel');
const details = document.getElementById('details');
const query = document.getElementById('query');
const results = document.getElementById('results');
const found = document.getElementById('found');
const templates = [...document.querySelectorAll('template[data-for]')];
const LEAST = 0.1, MOST = 3, MOST_RESULTS = 50;
let kind = document.querySelector('[data-kind][aria-pressed="true"]')?.dataset.kind ?? 'board';
let scale = 1, opener = null, chosen = null;
let context = document.querySelector('[data-context][aria-pressed="true"]')?.dataset.context;

const sight = () => document.querySelector(`[data-sight="${kind} ${context}"]`);
const picture = () => sight()?.querySelector('svg');
const inSight = key => [...sight().querySelectorAll('[data-key]')]
  .find(element => element.dataset.key === key && !element.dataset.again);

// The map shows all contexts; one of them alone has a storyboard.
function show(newKind, newContext) {
  kind = newKind === 'map' && kind === 'map' && newContext !== 'all' ? 'board' : newKind;
  context = kind === 'map' ? 'all' : newContext;
  if (!sight()) context = document.querySelector('[data-context][aria-pressed]')?.dataset.context;
  for (const each of document.querySelectorAll('.sight')) each.hidden = each !== sight();
  for (const button of document.querySelectorAll('[data-kind][aria-pressed]')) {
    button.setAttribute('aria-pressed', button.dataset.kind === kind);
  }
  for (const button of document.querySelectorAll('[data-context][aria-pressed]')) {
    button.setAttribute('aria-pressed', button.dataset.context === context);
  }
  stage.scrollTo(0, 0);
  fold();
  zoom(scale);
}

// The scenarios stand below everything else: a picture without them ends above them.
function fold() {
  const svg = picture();
  if (!svg) return;
  const box = svg.viewBox.baseVal, shown = document.getElementById('scenarios').getAttribute('aria-pressed') === 'true';
  svg.dataset.unfolded ??= box.height;
  svg.setAttribute('viewBox', `0 0 ${box.width} ${shown ? svg.dataset.unfolded : svg.dataset.folded}`);
}

function scenarios(button) {
  button.setAttribute('aria-pressed', button.getAttribute('aria-pressed') !== 'true');
  fold();
  zoom(scale);
}

// Threads lead to what stands far away; they are shown for what is pointed at, or chosen.
function thread(key) {
  for (const path of picture()?.querySelectorAll('.thread') ?? []) {
    path.classList.toggle('shown', key !== undefined && (path.dataset.from === key || path.dataset.to === key));
  }
}

// Zoom keeps what is under this point of the stage where it is.
function zoom(wanted, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const svg = picture();
  const next = Math.min(MOST, Math.max(Math.min(LEAST, fitting(svg)), wanted));
  const left = (stage.scrollLeft + x) / scale, top = (stage.scrollTop + y) / scale;
  for (const each of svg ? [svg] : []) {
    each.setAttribute('width', each.viewBox.baseVal.width * next);
    each.setAttribute('height', each.viewBox.baseVal.height * next);
    stage.scrollTo(left * next - x, top * next - y);
  }
  scale = next;
  document.getElementById('scale').textContent = `${Math.round(scale * 100)} %`;
  keepLabels();
}

// The names of the lanes stay at the left where there is room for them.
function keepLabels() {
  const labels = picture()?.matches('.board') && picture().querySelector('.labels');
  if (!labels) return;
  const shift = stage.clientWidth > 720 ? Math.max(0, stage.scrollLeft / scale - 24) : 0;
  labels.setAttribute('transform', `translate(${shift} 0)`);
  labels.classList.toggle('stuck', shift > 0);
}

function open(key, from) {
  const template = templates.find(each => each.dataset.for === key);
  if (!template) return;
  opener = from;
  details.replaceChildren(template.content.cloneNode(true));
  panel.hidden = false;
  panel.scrollTop = 0;
  mark(key);
  panel.focus({preventScroll: true});
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  const back = opener && opener.isConnected && !panel.contains(opener) ? opener : stage;
  back.focus();
}

function mark(key) {
  chosen?.classList.remove('chosen');
  chosen = inSight(key);
  chosen?.classList.add('chosen');
  thread(key);
}

// Goes to where an element stands, on another picture if it is not on this one.
function jump(key) {
  if (!inSight(key)) show('board', document.querySelector('[data-context="all"][aria-pressed]') ? 'all' : key.split('/')[0]);
  const target = inSight(key);
  if (!target) return;
  const box = target.getBoundingClientRect(), around = stage.getBoundingClientRect();
  stage.scrollBy(box.left + box.width / 2 - around.left - around.width / 2,
    box.top + box.height / 2 - around.top - around.height / 2);
  target.focus({preventScroll: true});
  mark(key);
}

function search() {
  const words = query.value.trim().toLowerCase();
  const hits = words ? templates.filter(each => each.dataset.name.toLowerCase().includes(words)) : [];
  results.replaceChildren(...hits.slice(0, MOST_RESULTS).map(hit => {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.goto = hit.dataset.for;
    const small = document.createElement('small');
    small.textContent = ` ${hit.dataset.kind} ${hit.dataset.context}`;
    button.append(hit.dataset.name, small);
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
  results.hidden = hits.length === 0;
  found.textContent = !words ? '' : hits.length === 1 ? '1 result' : `${hits.length} results`;
}

function leaveSearch(key) {
  results.hidden = true;
  jump(key);
}

document.addEventListener('click', event => {
  if (dragged) {
    event.preventDefault();
    return;
  }
  const target = event.target.closest('button, [data-key]');
  if (!target) return;
  if (target.id === 'close') close();
  else if (target.id === 'zoom-in') zoom(scale * 1.25);
  else if (target.id === 'zoom-out') zoom(scale / 1.25);
  else if (target.id === 'fit') fit();
  else if (target.id === 'theme') theme(target);
  else if (target.id === 'scenarios') scenarios(target);
  else if (target.matches('.map-context')) show('board', target.dataset.context);
  else if (target.dataset.goto) leaveSearch(target.dataset.goto);
  else if (target.dataset.kind && target.hasAttribute('aria-pressed')) show(target.dataset.kind, context);
  else if (target.dataset.context && target.hasAttribute('aria-pressed')) show(kind, target.dataset.context);
  else if (target.dataset.again) {
    event.preventDefault();
    jump(target.dataset.key);
  } else if (target.dataset.key) open(target.dataset.key, panel.contains(target) ? opener : target);
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    if (!results.hidden) results.hidden = true;
    else close();
    return;
  }
  if (event.target === query || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('svg [role="button"]')) {
    event.preventDefault();
    if (event.target.matches('.map-context')) show('board', event.target.dataset.context);
    else open(event.target.dataset.key, event.target);
  } else if (event.key === '+' || event.key === '=') zoom(scale * 1.25);
  else if (event.key === '-') zoom(scale / 1.25);
  else if (event.key === '0') zoom(1);
  else if (stage.contains(event.target)) arrow(event);
});

function arrow(event) {
  const step = {ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80]}[event.key];
  if (step) {
    event.preventDefault();
    stage.scrollBy(...step);
  }
}

function fit() {
  zoom(fitting(picture()), 0, 0);
}

// The scale at which the whole width of a picture fits the window.
function fitting(svg) {
  return svg ? stage.clientWidth / svg.viewBox.baseVal.width : 1;
}

function theme(button) {
  const next = {undefined: 'light', light: 'dark', dark: undefined}[document.documentElement.dataset.theme];
  if (next) document.documentElement.dataset.theme = next;
  else delete document.documentElement.dataset.theme;
  button.textContent = next === 'light' ? 'Light' : next === 'dark' ? 'Dark' : 'Auto';
  button.setAttribute('aria-label', `Colours: ${next ?? 'as the system has them'}`);
}

document.getElementById('search').addEventListener('submit', event => {
  event.preventDefault();
  const first = results.querySelector('button');
  if (first) leaveSearch(first.dataset.goto);
});
query.addEventListener('input', search);
query.addEventListener('keydown', event => {
  if (event.key === 'ArrowDown') results.querySelector('button')?.focus();
});
document.addEventListener('focusin', event => {
  if (!event.target.closest('#search')) results.hidden = true;
});
for (const kind of ['pointerover', 'focusin']) {
  stage.addEventListener(kind, event => thread((event.target.closest('svg [data-key]') ?? chosen)?.dataset.key));
}
stage.addEventListener('scroll', keepLabels, {passive: true});

// The wheel zooms where the pointer is; with Shift, or sideways, it moves.
stage.addEventListener('wheel', event => {
  if (kind === 'list' || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
  event.preventDefault();
  const around = stage.getBoundingClientRect();
  const lines = event.deltaMode === 1 ? 18 : 1;
  zoom(scale * Math.exp(-event.deltaY * lines * 0.0015), event.clientX - around.left, event.clientY - around.top);
}, {passive: false});

// Dragging with a mouse moves the picture; fingers scroll it as they scroll everything.
let grip = null, dragged = false;
stage.addEventListener('pointerdown', event => {
  dragged = false;
  if (event.pointerType === 'mouse' && event.button === 0 && kind !== 'list') {
    grip = {x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop};
  }
});
window.addEventListener('pointermove', event => {
  if (!grip) return;
  const dx = event.clientX - grip.x, dy = event.clientY - grip.y;
  if (!dragged && Math.hypot(dx, dy) < 5) return;
  dragged = true;
  stage.classList.add('dragging');
  stage.scrollTo(grip.left - dx, grip.top - dy);
});
window.addEventListener('pointerup', () => {
  grip = null;
  stage.classList.remove('dragging');
  setTimeout(() => { dragged = false; });
});

if (context) show(kind, context);
