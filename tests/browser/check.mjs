// Opens pages of digests as a reader does and looks for what no reader should meet; prints one line a check.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/// Longest a page may take until its first stories can be read, in milliseconds; a generous cap, since machines differ.
const SLOWEST = 5000;

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
let passed = 0;
let failed = 0;

function check(name, holds, found = '') {
  console.log(`${holds ? 'ok' : 'FAILED'}  ${name}${holds || !found ? '' : `: ${found}`}`);
  if (holds) passed += 1; else failed += 1;
}

/// A page with ears on what it asks for and complains of.
async function open(browser, address, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const heard = { requests: [], complaints: [], dialogs: 0 };
  page.on('request', request => {
    if (request.url() !== address && !request.url().startsWith('data:')) heard.requests.push(request.url());
  });
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) heard.complaints.push(message.text());
  });
  page.on('pageerror', error => heard.complaints.push(String(error)));
  page.on('dialog', dialog => { heard.dialogs += 1; dialog.dismiss(); });
  const from = Date.now();
  await page.goto(address, { waitUntil: 'load' });
  if (options?.javaScriptEnabled !== false) {
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  const took = Date.now() - from;
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  const painted = options?.javaScriptEnabled === false ? undefined : await page.evaluate(paint);
  // A small page may be whole before its first paint is told.
  return { context, page, heard, took, shown: Math.round(painted ?? took) };
}

async function isLawful(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const grave = found.violations.filter(violation => ['serious', 'critical'].includes(violation.impact));
  const told = grave.map(violation => `${violation.id} (${violation.nodes.length}) ${violation.nodes[0].html.slice(0, 160)}`);
  check(`${name}: axe finds nothing serious`, grave.length === 0, told.join('; '));
}

async function checkPage(browser, file) {
  const address = pathToFileURL(file).href;
  // axe is put into the page from outside, which the page's own policy forbids; only those visits set it aside.
  const { context, page, heard, shown, took } = await open(browser, address);
  const small = await page.locator('.story').count() <= 50;
  console.log(`      ${file}: shown after ${shown} ms, whole after ${took} ms, ${await page.evaluate(() => document.querySelectorAll('*').length)} elements`);
  check('the page opens fast', shown < SLOWEST, `${shown} ms`);

  const markup = await page.evaluate(() => ({
    scripts: document.scripts.length,
    styles: document.querySelectorAll('style, link[rel=stylesheet], [style]').length,
    loaders: [...document.querySelectorAll('img, iframe, object, embed, video, audio, base, form')].map(e => e.outerHTML),
    handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).map(e => e.outerHTML),
    links: [...document.links].filter(a => !['http:', 'https:'].includes(a.protocol) && !a.getAttribute('href').startsWith('#')).map(a => a.outerHTML),
    outward: [...document.links].filter(a => !a.getAttribute('href').startsWith('#') && a.rel !== 'noopener noreferrer nofollow').map(a => a.outerHTML),
    dangling: [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(a => a.outerHTML),
    twice: (() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; })(),
  }));
  check('one script, one style sheet', markup.scripts === 1 && markup.styles === 1, JSON.stringify(markup));
  for (const kind of ['loaders', 'handlers', 'links', 'outward', 'dangling']) {
    check(`no ${kind} that should not be there`, markup[kind].length === 0, markup[kind].slice(0, 3).join(' '));
  }
  check('no id twice', markup.twice === 0, String(markup.twice));

  const heads = await page.locator('.story h3 > a').count();
  if (heads > 0) {
    const focused = () => page.evaluate(() => [...document.querySelectorAll('.story h3 > a')].indexOf(document.activeElement));
    const steps = Math.min(heads, 60);
    let reached = 0;
    for (let at = 0; at < steps; at += 1) {
      await page.keyboard.press(at % 2 ? 'ArrowDown' : 'j');
      if (await focused() === at) reached += 1;
    }
    check('j and the arrow reach every story', reached === steps, `${reached} of ${steps}`);
    await page.keyboard.press('k');
    check('k goes back', await focused() === Math.max(steps - 2, 0));
    const seen = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight && getComputedStyle(document.activeElement).outlineStyle !== 'none';
    });
    check('the story that has the focus can be seen', seen);
    const reads = page.locator('.source.open');
    await page.keyboard.press('Enter');
    if (await page.evaluate(() => !document.activeElement.closest('.story'))) {
      check('Enter opens the article', await reads.count() === 1);
      await page.keyboard.press('Escape');
      check('Escape closes it', await reads.count() === 0);
      check('and goes back to the story', await focused() === Math.max(steps - 2, 0));
    }
  }
  const sentence = page.locator('.story a[href^="#seg-"]').first();
  if (await sentence.count()) {
    await sentence.click();
    const lit = page.locator('mark.here');
    check('a sentence opens its article where it stands', await lit.count() === 1 && await lit.isVisible());
    await page.locator('.source.open .close').click();
    check('Close closes it', await page.locator('.source.open').count() === 0);
  }
  const fold = page.locator('details.docs').first();
  if (await fold.count()) {
    await fold.locator('summary').click();
    check('sources unfold', await fold.locator('li').first().isVisible());
  }
  if (small) {
    const book = await page.pdf({ format: 'A4' });
    check('it prints', book.length > 1000);
  }
  check('nothing is asked of the network', heard.requests.length === 0, heard.requests.join(' '));
  check('nothing is complained of', heard.complaints.length === 0, heard.complaints.slice(0, 3).join('; '));
  check('no script of an article runs', heard.dialogs === 0);
  await context.close();

  if (small) {
    for (const [name, options] of [
      ['light', {}], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 390, height: 844 } }],
    ]) {
      const { context, page } = await open(browser, address, { ...options, bypassCSP: true });
      await isLawful(page, name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`${name}: nothing sticks out`, wide <= 0, `${wide} px`);
      const sentence = page.locator('.story a[href^="#"]').first();
      if (await sentence.count()) {
        await sentence.click();
        await isLawful(page, `${name}, an article open`);
      }
      await context.close();
    }
    const { context, page } = await open(browser, address, { javaScriptEnabled: false });
    const sentence = page.locator('.story a[href^="#seg-"]').first();
    if (await sentence.count()) {
      const id = (await sentence.getAttribute('href')).slice(1);
      await sentence.click();
      const mark = page.locator(`[id="${id}"]`);
      check('without script a sentence opens its article', await mark.isVisible());
      await page.locator('.source:visible .close').click();
      check('and Close closes it', !(await mark.isVisible()));
    }
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
for (const file of process.argv.slice(2)) await checkPage(browser, file);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
